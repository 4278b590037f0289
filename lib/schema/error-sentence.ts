import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import {
  declaredFields,
  type Field,
  fieldMeta,
  objectsOf,
  propertiesOf,
  stringsOf,
  textOf,
} from "./schema-set";

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/**
 * What is wrong with a field, and what to do: for schemas that have no sentence of their own for it.
 *
 * @param schema the whole of it
 * @param name the field's, or what was taken for one; `""`: the request as a whole
 * @param parent the part of the schema whose keyword failed
 */
export function sentenceFor(
  schema: JsonObject,
  name: string,
  { keyword, params }: { keyword: string; params: Readonly<Record<string, unknown>> },
  parent: JsonObject,
): string {
  const field = declaredFields(schema).find((candidate) => candidate.name === name);
  const title = field ? textOf(field.schema, "title") : name;
  const unit = field?.meta.unit ? ` ${field.meta.unit}` : "";
  const { limit, allowedValues } = params;
  switch (keyword) {
    case "required":
      return `${title} is required.`;
    case "unevaluatedProperties":
    case "additionalProperties":
      return field
        ? outOfPlace(schema, field)
        : "There is no such field: check its spelling, or leave it out.";
    case "type":
      return `${title} must be ${typeWords(parent.type)}.`;
    case "enum":
      return `${title} must be one of: ${listed(allowedValues)}.`;
    case "const":
      return `${title} must be ${JSON.stringify(parent.const)}.`;
    case "minimum":
    case "maximum":
      return `${title} must be ${range(parent, unit)}.`;
    case "multipleOf":
      return `${title} must be a multiple of ${String(parent.multipleOf)}${unit}.`;
    case "minLength":
      return limit === 1 ? `${title} must not be empty.` : `${title} needs at least ${limit} characters.`;
    case "minProperties":
      return `Give at least one field that can be changed${changeable(schema)}.`;
    case "maxLength":
      return `${title} has at most ${limit} characters.`;
    default:
      return `${title || "The request"} is not as expected. ${field ? textOf(field.schema, "description") : ""}`.trim();
  }
}

/** The names of all fields, as the end of a sentence. */
function changeable(schema: JsonObject): string {
  const names = propertiesOf(schema).map(([name]) => name);
  return names.length > 0 ? `: ${names.join(", ")}` : "; here there is none";
}

function typeWords(type: JsonValue | undefined): string {
  const types = typeof type === "string" ? [type] : stringsOf(type);
  return types.map((name) => TYPE_WORDS[name] ?? name).join(" or ");
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(", ") : "";
}

function range({ minimum, maximum }: JsonObject, unit: string): string {
  if (minimum !== undefined && maximum !== undefined) return `between ${minimum} and ${maximum}${unit}`;
  return minimum !== undefined ? `at least ${minimum}${unit}` : `at most ${maximum}${unit}`;
}

/** Why a known field is not taken: the condition under which its schema declares it. */
function outOfPlace(schema: JsonObject, field: Field): string {
  const title = textOf(field.schema, "title");
  const condition = conditionOf(schema, schema, field.name);
  return condition
    ? `${title} applies only when ${condition}: leave it out otherwise.`
    : `${title} does not apply together with the other values: leave it out.`;
}

function conditionOf(root: JsonObject, schema: JsonObject, name: string): string | null {
  const declares = (part: JsonObject) => declaredFields(part).some((field) => field.name === name);
  const then = schema.then;
  if (isJsonObject(then) && isJsonObject(schema.if) && declares(then)) {
    const inner = conditionOf(root, then, name);
    const outer = conditionWords(root, schema.if);
    return outer && inner ? `${outer} and ${inner}` : (outer ?? inner);
  }
  const member = objectsOf(schema.allOf).find(declares);
  return member ? conditionOf(root, member, name) : null;
}

/** A condition in words, where it only compares fields with constants. */
function conditionWords(root: JsonObject, condition: JsonObject): string | null {
  const titles = new Map(declaredFields(root).map((field) => [field.name, field]));
  const words = propertiesOf(condition).map(([name, property]) => {
    const field = titles.get(name);
    const values =
      "const" in property ? [property.const] : Array.isArray(property.enum) ? property.enum : null;
    if (!field || values === null) return null;
    const { labels } = fieldMeta(field.schema);
    const shown = values.map((value) => labels[String(value)] ?? String(value));
    return `${textOf(field.schema, "title")} is ${shown.join(" or ")}`;
  });
  return words.length > 0 && words.every((word) => word !== null) ? words.join(" and ") : null;
}
