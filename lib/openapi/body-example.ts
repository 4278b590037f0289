import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { declaredFields, fieldMeta, stringsOf, textOf } from "@/lib/schema/schema-set";
import { strictAjv } from "@/lib/schema/strict-ajv";

/**
 * A body that a schema of fields lets through: what it requires, what it has `examples` of, and what these in
 * turn require. A secret stands there as `<guest_la_pw>`, which the API refuses until it is filled in.
 * null: the schema asks for something that it has no `examples` of.
 */
export function bodyExample(schema: JsonObject): JsonObject | null {
  const fields = declaredFields(schema);
  const required = new Set(stringsOf(schema.required));
  const body: JsonObject = {};
  for (const { name, schema: field, conditional } of fields) {
    if (required.has(name) || (!conditional && Array.isArray(field.examples))) {
      body[name] = valueFor(name, field);
    }
  }
  const [first] = fields;
  // Of a change, that may be any one field.
  if (Object.keys(body).length === 0 && first) body[first.name] = valueFor(first.name, first.schema);
  const check = strictAjv().compile(schema);
  const fits = (): boolean => check(body);
  for (let pass = 0; pass < fields.length && !fits(); pass += 1) {
    const missing = new Set((check.errors ?? []).map(({ params }) => params.missingProperty));
    const added = fields.filter(({ name }) => missing.has(name));
    if (added.length === 0) return null;
    for (const { name, schema: field } of added) body[name] = valueFor(name, field);
  }
  return fits() ? body : null;
}

function valueFor(name: string, field: JsonObject): JsonValue {
  if (fieldMeta(field).secret) return `<${name}>`;
  const [example] = Array.isArray(field.examples) ? field.examples : [];
  const [choice] = Array.isArray(field.enum) ? field.enum : [];
  const told = example ?? field.default ?? choice;
  if (told !== undefined) return told;
  const type = textOf(field, "type");
  if (type === "boolean") return false;
  return type === "string" ? `<${name}>` : (field.minimum ?? 1);
}
