import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { objectsOf, propertiesOf, stringsOf } from "./schema-set";

type Keep = (field: string) => boolean;

/** Keywords that only describe: a rule with nothing else left says nothing. */
const ANNOTATIONS = new Set(["title", "description", "type", "x-aetherv", "$comment"]);

/** Keywords whose parts stand or fall together: removing a field from one would change what it means. */
const INDIVISIBLE = ["anyOf", "oneOf", "not", "dependentRequired", "dependentSchemas"];

/**
 * A schema about fewer fields. Properties and requirements of the others go; so does a rule whose
 * condition asks about one of them, because nobody could answer it.
 */
export function restrictSchema(schema: JsonObject, keep: Keep): JsonObject {
  const result: JsonObject = { ...schema };
  restrictProperties(result, keep);
  restrictCondition(result, keep);
  for (const keyword of INDIVISIBLE) {
    const value = result[keyword];
    if (value !== undefined && !mentionedFields({ [keyword]: value }).every(keep)) delete result[keyword];
  }
  setOrDelete(
    result,
    "allOf",
    objectsOf(result.allOf).flatMap((rule) => restrictRule(rule, keep) ?? []),
  );
  return result;
}

function restrictRule(rule: JsonObject, keep: Keep): JsonObject | null {
  const result = restrictSchema(rule, keep);
  return Object.keys(result).some((keyword) => !ANNOTATIONS.has(keyword)) ? result : null;
}

function restrictProperties(schema: JsonObject, keep: Keep): void {
  const { properties } = schema;
  if (isJsonObject(properties)) {
    const kept = Object.entries(properties).filter(([name]) => keep(name));
    if (kept.length > 0) schema.properties = Object.fromEntries(kept);
    else delete schema.properties;
  }
  setOrDelete(schema, "required", stringsOf(schema.required).filter(keep));
}

function restrictCondition(schema: JsonObject, keep: Keep): void {
  const condition = schema.if;
  if (condition === undefined) return;
  const decidable = isJsonObject(condition) && mentionedFields(condition).every(keep);
  let branches = 0;
  for (const keyword of ["then", "else"]) {
    const branch = schema[keyword];
    const kept = decidable && isJsonObject(branch) ? restrictRule(branch, keep) : null;
    delete schema[keyword];
    if (kept === null) continue;
    schema[keyword] = kept;
    branches += 1;
  }
  if (branches === 0) delete schema.if;
}

function setOrDelete(schema: JsonObject, keyword: string, items: JsonValue[]): void {
  if (items.length > 0) schema[keyword] = items;
  else delete schema[keyword];
}

/** Every field that a schema or a rule names, whatever it says about it. */
export function mentionedFields(schema: JsonObject): string[] {
  const { dependentRequired, dependentSchemas } = schema;
  const nested = [schema.if, schema.then, schema.else, schema.not].filter(isJsonObject);
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(objectsOf);
  const dependents = isJsonObject(dependentSchemas)
    ? Object.values(dependentSchemas).filter(isJsonObject)
    : [];
  return [
    ...propertiesOf(schema).map(([name]) => name),
    ...stringsOf(schema.required),
    ...(isJsonObject(dependentRequired)
      ? Object.entries(dependentRequired).flatMap(([name, others]) => [name, ...stringsOf(others)])
      : []),
    ...(isJsonObject(dependentSchemas) ? Object.keys(dependentSchemas) : []),
    ...[...nested, ...lists, ...dependents].flatMap(mentionedFields),
  ];
}
