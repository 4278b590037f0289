import type { IChangeEvent } from "@rjsf/core/lib/components/Form.js";
import type { JsonObject, JsonValue } from "@/lib/domain/json";

/** The names of the fields that the form shows for these values: those of the branches that apply. */
export function shownFields(
  { schema, schemaUtils }: Pick<IChangeEvent<JsonObject>, "schema" | "schemaUtils">,
  values: JsonObject,
): ReadonlySet<string> {
  return new Set(Object.keys(schemaUtils.retrieveSchema(schema, values).properties ?? {}));
}

/** The values without those of fields that are not shown, and without those that were cleared. */
export function shownValues(
  values: Readonly<Record<string, JsonValue | undefined>>,
  shown: ReadonlySet<string>,
): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && shown.has(name)) kept[name] = value;
  }
  return kept;
}
