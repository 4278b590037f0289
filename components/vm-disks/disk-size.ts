import { numberField } from "@/lib/domain/field-values";
import type { DiskRecord } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { GB } from "@/lib/domain/units";

/** The field of a disk's schema that holds its size. */
const SIZE_FIELD = "size_gb";

type Sized = Pick<DiskRecord, "size_bytes">;

/**
 * What a form about a disk's size begins with: whole gigabytes, as the schema counts them. A disk that was made
 * elsewhere may have a part of one more.
 */
export function sizeOf({ size_bytes }: Sized): JsonObject {
  return size_bytes === null ? {} : { [SIZE_FIELD]: Math.ceil(size_bytes / GB) };
}

/** Hyper-V could shrink a disk, and would destroy what stands at its end: AetherV never does. */
export function shrinkProblems(changes: JsonObject, { size_bytes }: Sized): FieldProblem[] {
  const wanted = numberField(changes, SIZE_FIELD);
  if (wanted === null || size_bytes === null || wanted * GB >= size_bytes) return [];
  const message = `Size cannot be less than the ${Math.ceil(size_bytes / GB)} GB that the disk has: a disk only grows.`;
  return [{ pointer: pointerTo(SIZE_FIELD), message }];
}
