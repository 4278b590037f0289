import { isJsonObject, type JsonObject } from "@/lib/domain/json";
import { FieldExtension, issuesOf, RuleExtension } from "./extension-shape";
import type { FileMistake } from "./schema-mistake";
import { declaredFields, isDeclaration, objectsOf, propertiesOf, textOf } from "./schema-set";
import { strictAjv } from "./strict-ajv";

/** Keywords that would reject what another schema declares, or that the browser's form does not follow. */
const REFUSED_KEYWORDS: Readonly<Record<string, string>> = {
  additionalProperties: "unknown fields are refused at the composed root; remove it",
  unevaluatedProperties: "unknown fields are refused at the composed root; remove it",
  patternProperties: "fields are declared one by one under `properties`",
  $ref: "write the schema out where it is used",
  $dynamicRef: "write the schema out where it is used",
  $defs: "write the schema out where it is used",
  dependentSchemas: "the form does not show it; use `if` and `then`",
  dependentRequired: "the form does not mark it; use `if` and `then`",
};

/** What can be said of one schema file without the others. */
export function fileMistakes(schema: JsonObject): FileMistake[] {
  return [...metadataMistakes(schema), ...shapeMistakes(schema), ...compileMistakes(schema)];
}

function metadataMistakes(schema: JsonObject): FileMistake[] {
  const missing = ["$id", "title", "version"].filter((keyword) => textOf(schema, keyword) === "");
  const mistakes = missing.map((keyword) => ({ field: null, message: `\`${keyword}\` must be a text` }));
  if (schema.$schema !== "https://json-schema.org/draft/2020-12/schema") {
    mistakes.push({ field: null, message: "`$schema` must name JSON Schema 2020-12" });
  }
  if (schema.type !== "object") mistakes.push({ field: null, message: '`type` must be "object"' });
  return mistakes;
}

/** Keywords that are refused wherever they stand, and the shape of every `x-aetherv` but the root's. */
function shapeMistakes(schema: JsonObject): FileMistake[] {
  const mistakes: FileMistake[] = [];
  visit(schema, null, (part, field, declared) => {
    for (const [keyword, reason] of Object.entries(REFUSED_KEYWORDS)) {
      if (keyword in part) mistakes.push({ field, message: `\`${keyword}\` is not used here: ${reason}` });
    }
    if (part === schema || part["x-aetherv"] === undefined) return;
    const shape = declared ? FieldExtension : RuleExtension;
    mistakes.push(...issuesOf(shape, part["x-aetherv"]).map((message) => ({ field, message })));
  });
  return mistakes;
}

function visit(
  schema: JsonObject,
  field: string | null,
  see: (part: JsonObject, field: string | null, declared: boolean) => void,
): void {
  see(schema, field, field !== null && isDeclaration(schema));
  for (const [name, property] of propertiesOf(schema)) visit(property, field ?? name, see);
  const nested = [schema.if, schema.then, schema.else, schema.not, schema.items].filter(isJsonObject);
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap(objectsOf);
  for (const part of [...nested, ...lists]) visit(part, field, see);
}

/** AJV's own opinion in strict mode: unknown keywords, bad patterns, unknown formats. */
function compileMistakes(schema: JsonObject): FileMistake[] {
  try {
    strictAjv().compile(schema);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ field: blamedField(schema, message), message: `not a valid JSON Schema: ${message}` }];
  }
}

/** The first field whose own schema AJV rejects by itself, so that the message can name it. */
function blamedField(schema: JsonObject, message: string): string | null {
  const named = declaredFields(schema).find(({ name }) => message.includes(`/properties/${name}`));
  if (named) return named.name;
  const ajv = strictAjv();
  const broken = declaredFields(schema).find((field) => {
    try {
      ajv.compile(field.schema);
      return false;
    } catch {
      return true;
    }
  });
  return broken?.name ?? null;
}
