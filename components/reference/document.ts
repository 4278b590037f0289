import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";

/** Reads the API's OpenAPI document for the reference. The document is our own: its form is known. */

export interface Parameter {
  name: string;
  place: string;
  required: boolean;
  description: string;
  schema: JsonObject;
}

export interface Answer {
  status: string;
  description: string;
  /** Media type, schema and example of each form in which it comes. */
  contents: { media: string; schema: JsonObject; example: JsonValue | undefined }[];
  headers: string[];
}

export interface ReferenceOperation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  parameters: Parameter[];
  body: { schema: JsonObject; example: JsonValue | undefined; required: boolean } | null;
  answers: Answer[];
  /** The codes of its problems, with what the catalogue says of them. */
  problems: Problem[];
}

export interface Problem {
  code: string;
  status: string;
  title: string;
  next: string;
}

export interface Chapter {
  name: string;
  title: string;
  description: string;
}

const PROBLEM_MEDIA = "application/problem+json";

export function chaptersOf(document: JsonObject): Chapter[] {
  return listAt(document, "tags").map((tag) => {
    return {
      name: textAt(tag, "name"),
      title: textAt(tag, "x-title"),
      description: textAt(tag, "description"),
    };
  });
}

export function operationsOf(document: JsonObject): ReferenceOperation[] {
  return Object.entries(at(document, "paths")).flatMap(([path, methods]) =>
    Object.entries(isJsonObject(methods) ? methods : {}).map(([method, operation]) =>
      operationOf(document, method.toUpperCase(), path, isJsonObject(operation) ? operation : {}),
    ),
  );
}

/** The named schemas, by name. */
export function schemasOf(document: JsonObject): [string, JsonObject][] {
  return Object.entries(at(document, "components", "schemas")).flatMap(([name, schema]) =>
    isJsonObject(schema) ? [[name, schema] as [string, JsonObject]] : [],
  );
}

/** Every problem there is. */
export function problemsOf(document: JsonObject): Problem[] {
  return Object.keys(at(document, "components", "examples")).map((code) => problemOf(document, code));
}

function operationOf(
  document: JsonObject,
  method: string,
  path: string,
  operation: JsonObject,
): ReferenceOperation {
  const responses = Object.entries(at(operation, "responses")).map(([status, response]) =>
    answerOf(status, isJsonObject(response) ? response : {}),
  );
  const isProblem = ({ contents }: Answer) => contents.some(({ media }) => media === PROBLEM_MEDIA);
  const body = at(operation, "requestBody");
  const content = at(body, "content", "application/json");
  const [tag] = Array.isArray(operation.tags) ? operation.tags : [];
  return {
    id: textAt(operation, "operationId"),
    method,
    path,
    tag: String(tag),
    summary: textAt(operation, "summary"),
    description: textAt(operation, "description"),
    parameters: listAt(operation, "parameters").map((one) => parameterOf(resolved(document, one))),
    body:
      operation.requestBody === undefined
        ? null
        : { schema: at(content, "schema"), example: content.example, required: body.required === true },
    answers: responses.filter((answer) => !isProblem(answer)),
    problems: responses.filter(isProblem).flatMap(({ status }) => {
      const examples = at(operation, "responses", status, "content", PROBLEM_MEDIA, "examples");
      return Object.keys(examples).map((code) => problemOf(document, code));
    }),
  };
}

function parameterOf(parameter: JsonObject): Parameter {
  return {
    name: textAt(parameter, "name"),
    place: textAt(parameter, "in"),
    required: parameter.required === true,
    description: textAt(parameter, "description"),
    schema: at(parameter, "schema"),
  };
}

function answerOf(status: string, response: JsonObject): Answer {
  return {
    status,
    description: textAt(response, "description"),
    headers: Object.keys(at(response, "headers")).filter((name) => name !== "X-Request-Id"),
    contents: Object.keys(at(response, "content")).map((media) => {
      const content = at(response, "content", media);
      return { media, schema: at(content, "schema"), example: content.example };
    }),
  };
}

function problemOf(document: JsonObject, code: string): Problem {
  const example = at(document, "components", "examples", code, "value");
  return {
    code,
    status: String(example.status),
    title: textAt(example, "title"),
    next: textAt(example, "next"),
  };
}

function resolved(document: JsonObject, node: JsonObject): JsonObject {
  return typeof node.$ref === "string" ? at(document, ...node.$ref.split("/").slice(1)) : node;
}

function at(node: JsonObject, ...keys: string[]): JsonObject {
  return keys.reduce<JsonObject>((inner, key) => {
    const value = inner[key];
    return isJsonObject(value) ? value : {};
  }, node);
}

function listAt(node: JsonObject, key: string): JsonObject[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textAt(node: JsonObject, key: string): string {
  const value = node[key];
  return typeof value === "string" ? value : "";
}
