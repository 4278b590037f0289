import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";

/** A type in a few words, and the named schemas that it leads to. */
export interface TypeWords {
  text: string;
  /** Names of schemas, each a section of the reference. */
  names: string[];
}

/** What a schema lets through, as one says it: `text (at most 63 characters)`, `list of Disk`, `one of a, b`. */
export function typeWords(schema: JsonObject): TypeWords {
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return { text: name, names: [name] };
  }
  const choices = objects(schema.anyOf ?? schema.oneOf);
  if (choices.length > 0) return joined(choices.map(typeWords), " or ");
  if (schema.const !== undefined) return plain(JSON.stringify(schema.const));
  if (Array.isArray(schema.enum)) return plain(`one of ${schema.enum.map(String).join(", ")}`);
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return joined(
    types.map((type) => ofType(String(type ?? "anything"), schema)),
    " or ",
  );
}

function ofType(type: string, schema: JsonObject): TypeWords {
  if (type === "array") {
    const { text, names } = typeWords(isJsonObject(schema.items) ? schema.items : {});
    return { text: `list of ${text}`, names };
  }
  const limits = type === "null" ? [] : limitsOf(schema);
  return plain(limits.length === 0 ? nameOf(type, schema) : `${nameOf(type, schema)}, ${limits.join(", ")}`);
}

function nameOf(type: string, { format }: JsonObject): string {
  if (type === "string" && format === "date-time") return "time";
  if (type === "string" && format === "password") return "secret text";
  if (type === "string") return "text";
  return { integer: "whole number", boolean: "true or false", null: "null" }[type] ?? type;
}

function limitsOf({ minimum, maximum, maxLength }: JsonObject): string[] {
  const limits: string[] = [];
  if (minimum !== undefined && maximum !== undefined) limits.push(`${minimum} to ${maximum}`);
  else if (typeof minimum === "number" && minimum > 0) limits.push(`at least ${minimum}`);
  if (maxLength !== undefined) limits.push(`at most ${maxLength} characters`);
  return limits;
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function plain(text: string): TypeWords {
  return { text, names: [] };
}

function joined(parts: TypeWords[], between: string): TypeWords {
  return { text: parts.map(({ text }) => text).join(between), names: parts.flatMap(({ names }) => names) };
}
