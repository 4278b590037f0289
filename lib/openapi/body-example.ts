import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { declaredFields, fieldMeta, stringsOf, textOf } from "@/lib/schema/schema-set";
import { strictAjv } from "@/lib/schema/strict-ajv";

/**
 * A body that a schema of fields lets through: what it requires, what it has `examples` of, and what these in
 * turn require. A secret stands there as `<guest_la_pw>`, which the API refuses until it is filled in.
 */
export function bodyExample(schema: JsonObject): JsonObject {
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
  const missing = missingFrom(schema);
  for (let pass = 0; pass < fields.length; pass += 1) {
    const names = missing(body);
    if (names.length === 0) break;
    for (const { name, schema: field } of fields) {
      if (names.includes(name)) body[name] = valueFor(name, field);
    }
  }
  return body;
}

/** Which fields a body would need beside those that it has. */
function missingFrom(schema: JsonObject): (body: JsonObject) => string[] {
  const check = strictAjv().compile(schema);
  return (body) => {
    if (check(body)) return [];
    return (check.errors ?? []).flatMap(({ keyword, params }) =>
      keyword === "required" ? [String(params.missingProperty)] : [],
    );
  };
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
