import type { UiSchema } from "@rjsf/utils";
import type { JsonObject } from "@/lib/domain/json";
import { declaredFields, type Field } from "@/lib/schema/schema-set";

/** From this many characters on a text gets several lines. */
const LONG_TEXT = 1_000;

/** Up to this many values are shown side by side; more go into a list. */
const FEW_VALUES = 4;

/** Which widget draws each field, by what its schema says of it. */
export function uiSchemaOf(schema: JsonObject): UiSchema {
  return Object.fromEntries(
    declaredFields(schema).map((field) => [
      field.name,
      {
        "ui:widget": widgetOf(field),
        "ui:options": { unit: field.meta.unit, labels: field.meta.labels, source: field.meta.options },
      },
    ]),
  );
}

function widgetOf({ schema, meta }: Field): string {
  if (meta.options === "hosts") return "hosts";
  if (meta.options !== null) return "choice";
  if (meta.secret || schema.format === "password") return "password";
  if (Array.isArray(schema.enum)) return schema.enum.length <= FEW_VALUES ? "radio" : "select";
  if (schema.type === "boolean") return "checkbox";
  if (schema.type === "integer" || schema.type === "number") return "updown";
  if (typeof schema.maxLength === "number" && schema.maxLength >= LONG_TEXT) return "textarea";
  return "text";
}
