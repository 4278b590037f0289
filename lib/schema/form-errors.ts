import type { JsonObject } from "@/lib/domain/json";
import { describeErrors, type SchemaError } from "./describe-error";
import { declaredFields, textOf } from "./schema-set";

/** What the form library hands to `transformErrors`; it has renamed AJV's parts and dropped some. */
export interface FormError {
  /** AJV's keyword. */
  name?: string;
  /** The field with dots for slashes; for a missing field already its own name. */
  property?: string;
  message?: string;
  params?: Record<string, unknown>;
  schemaPath?: string;
  stack: string;
}

/**
 * For the form's `transformErrors`: the sentences that the server would answer, each at its field.
 *
 * @param schema the composed form that the errors come from
 */
export function describeFormErrors(schema: JsonObject, errors: readonly FormError[]): FormError[] {
  const titles = new Map(declaredFields(schema).map((field) => [field.name, textOf(field.schema, "title")]));
  return describeErrors(schema, errors.map(toSchemaError)).map(({ pointer, message }) => {
    const name = pointer.slice(1);
    const title = titles.get(name);
    return { name: "schema", property: `.${name}`, message, stack: title ? `${title}: ${message}` : message };
  });
}

function toSchemaError({ name, property, params, schemaPath }: FormError): SchemaError {
  const missing = params?.missingProperty;
  const path = (property ?? "").split(".").filter((token) => token !== "");
  if (typeof missing === "string") path.pop();
  return {
    keyword: name ?? "",
    instancePath: path.map((token) => `/${token}`).join(""),
    schemaPath: schemaPath ?? "",
    params: params ?? {},
  };
}
