/**
 * `npm run types`: writes `generated/api.ts`, the types of the API's operations, from the document that the API
 * gives of itself. `npm run check` does so before it checks types. The file is not committed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { openApiDocument } from "@/lib/openapi/document";
import { loadSchemas } from "@/lib/schema/load";
import { SchemaValidators } from "@/lib/schema/validate";

const SCHEMAS = new URL("../schemas", import.meta.url).pathname;
const TARGET = new URL("../generated/", import.meta.url);

const BANNER = `// Made by \`npm run types\` from the API's document: do not change it by hand.
import type { JsonValue } from "@/lib/domain/json";`;

/** Whatever JSON holds. */
const ANYTHING: JsonObject = { tsType: "JsonValue" };

const document = openApiDocument(new SchemaValidators(loadSchemas(SCHEMAS)));
const operations = Object.entries(objectAt(document, "paths")).flatMap(([path, methods]) =>
  Object.entries(methods as JsonObject).flatMap(([method, operation]): [string, JsonObject][] => {
    const type = typeOf(operation as JsonObject);
    return type === null ? [] : [[`${method.toUpperCase()} ${path}`, type]];
  }),
);
const text = await compile(
  {
    ...object(
      Object.fromEntries(operations),
      operations.map(([name]) => name),
    ),
    components: { schemas: shapes(objectAt(document, "components", "schemas")) },
  },
  "Operations",
  { bannerComment: BANNER, additionalProperties: false },
);
mkdirSync(TARGET, { recursive: true });
writeFileSync(new URL("api.ts", TARGET), text);
console.log("Written: generated/api.ts");

/**
 * What a client gives to an operation, `path`, `query` and `body`, and what it gets: `answer`, and of a change
 * that is only to be checked `checked`. null: it answers nothing that code could use.
 */
function typeOf(operation: JsonObject): JsonObject | null {
  const parameters = (operation.parameters as JsonObject[]).filter(({ name }) => typeof name === "string");
  const [path, query] = ["path", "query"].map((place) => parametersIn(parameters, place));
  const body = objectAt(operation, "requestBody", "content", "application/json").schema;
  const answers = ["200", "202"].flatMap((status) => {
    const { schema } = objectAt(operation, "responses", status, "content", "application/json");
    return schema === undefined ? [] : [schema];
  });
  const answer = answers.at(-1);
  if (answer === undefined) return null;
  const members: JsonObject = {
    ...(path === undefined ? {} : { path }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body: opened(body) }),
    answer: opened(answer),
    ...(answers.length > 1 ? { checked: opened(answers[0] ?? null) } : {}),
  };
  const optional = [
    ...((query?.required as JsonValue[] | undefined)?.length === 0 ? ["query"] : []),
    ...(objectAt(operation, "requestBody").required === true ? [] : ["body"]),
  ];
  const required = Object.keys(members).filter((name) => !optional.includes(name));
  return { ...object(members, required), description: operation.summary ?? "" };
}

/** undefined: there are none. */
function parametersIn(parameters: JsonObject[], place: string): JsonObject | undefined {
  const here = parameters.filter((parameter) => parameter.in === place);
  if (here.length === 0) return undefined;
  const members = here.map(({ name, schema, description = "" }) => {
    return [String(name), { ...(schema as JsonObject), description }] as const;
  });
  const required = here.filter((parameter) => parameter.required === true).map(({ name }) => String(name));
  return object(Object.fromEntries(members), required);
}

function shapes(schemas: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, opened(schema)]));
}

/** Which fields a body has is known when the server starts, and may be others than those of today's schemas. */
function opened(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(opened);
  if (!isJsonObject(schema)) return schema;
  if (schema.unevaluatedProperties === false) {
    const { title = "", description = title } = schema;
    return { type: "object", description, additionalProperties: ANYTHING };
  }
  const isAnything = isJsonObject(schema.additionalProperties) && isEmpty(schema.additionalProperties);
  const { examples: _, example: __, ...rest } = schema;
  const inner = Object.entries(rest).map(([key, value]) => [key, opened(value)] as const);
  return { ...Object.fromEntries(inner), ...(isAnything ? { additionalProperties: ANYTHING } : {}) };
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}

function object(properties: JsonObject, required: string[]): JsonObject {
  return { type: "object", properties, required, additionalProperties: false };
}

function objectAt(node: JsonObject, ...keys: string[]): JsonObject {
  return keys.reduce<JsonObject>((at, key) => {
    const value = at[key];
    return isJsonObject(value) ? value : {};
  }, node);
}
