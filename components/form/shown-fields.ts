import type { JsonObject, JsonValue } from "@/lib/domain/json";
import type { FormData, FormEvent } from "./form-event";

/** The names of the fields that the form shows for these values: those of the branches that apply. */
export function shownFields(
  { schema, schemaUtils }: Pick<FormEvent, "schema" | "schemaUtils">,
  values: FormData,
): ReadonlySet<string> {
  return new Set(Object.keys(schemaUtils.retrieveSchema(schema, values).properties ?? {}));
}

/** The values without those of fields that are not shown, and without those that were cleared. */
export function shownValues(values: Readonly<FormData>, shown: ReadonlySet<string>): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && shown.has(name)) kept[name] = value as JsonValue;
  }
  return kept;
}
