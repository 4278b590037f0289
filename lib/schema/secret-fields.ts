import type { JsonObject } from "@/lib/domain/json";
import { declaredFields } from "./schema-set";

/** The names of the fields that are never written down. */
export function secretFields(schema: JsonObject): ReadonlySet<string> {
  return new Set(
    declaredFields(schema)
      .filter(({ meta }) => meta.secret)
      .map(({ name }) => name),
  );
}
