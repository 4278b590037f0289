import type { FieldValue, Spec } from "@/lib/domain/spec";
import {
  declaredFields,
  type Field,
  isHardware,
  isInitialization,
  SCHEMA_COMPONENTS,
  type SchemaSet,
} from "./schema-set";

/** A flat request, taken apart by the flags of its fields. */
export interface SplitRequest {
  vm: Spec;
  disk: Spec;
  nic: Spec;
  /** The body of the initialization: guest fields under their form names. */
  guest: Record<string, FieldValue>;
}

/** Gives each component its hardware fields, and the initialization the guest's. Absent fields stay absent. */
export function splitRequest(set: SchemaSet, request: Readonly<Record<string, FieldValue>>): SplitRequest {
  const all = SCHEMA_COMPONENTS.flatMap((component) => declaredFields(set[component]));
  return {
    vm: pick(request, declaredFields(set.vm).filter(isHardware)),
    disk: pick(request, declaredFields(set.disk).filter(isHardware)),
    nic: pick(request, declaredFields(set.nic).filter(isHardware)),
    guest: pick(request, all.filter(isInitialization)),
  };
}

function pick(request: Readonly<Record<string, FieldValue>>, fields: Field[]): Record<string, FieldValue> {
  const picked: Record<string, FieldValue> = {};
  for (const { name } of fields) {
    const value = Object.hasOwn(request, name) ? request[name] : undefined;
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
