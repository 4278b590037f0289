import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import type { RawAnswer } from "./app-server";

/** An operation, as the document describes it. */
export interface DescribedOperation {
  id: string;
  method: string;
  /** Below `/api/v1`, with its parameters in braces. */
  path: string;
  parameters: { name: string; in: string; schema: JsonObject }[];
  /** null: it takes none. */
  example: JsonValue;
  hasBody: boolean;
  bodyRequired: boolean;
  responses: JsonObject;
}

/** The API's document, to hold answers against: in the test an answer has no member that it does not name. */
export class ApiDocument {
  readonly operations: readonly DescribedOperation[];
  readonly #document: JsonObject;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(document: JsonObject) {
    this.#document = document;
    addFormats(this.#ajv);
    this.#ajv.addSchema(closed(document), "document");
    this.operations = Object.entries(objectAt(document, "paths")).flatMap(([path, methods]) =>
      Object.entries(methods as JsonObject).map(([method, operation]) =>
        this.#describe(path, method.toUpperCase(), operation as JsonObject),
      ),
    );
  }

  operation(id: string): DescribedOperation {
    const found = this.operations.find((operation) => operation.id === id);
    if (found === undefined) throw new Error(`The document has no operation ${id}.`);
    return found;
  }

  /** What of an answer is not as the document says; empty: nothing. */
  flaws({ id, path, method, responses }: DescribedOperation, answer: RawAnswer): string[] {
    const what = `${id} ${answer.status}`;
    const response = responses[String(answer.status)];
    if (!isJsonObject(response)) return [`${what}: the document has no such status (${answer.text})`];
    const missing = Object.entries(objectAt(response, "headers"))
      .filter(([, header]) => this.#resolved(header as JsonObject).required === true)
      .filter(([name]) => answer.headers[name.toLowerCase()] === undefined)
      .map(([name]) => `${what}: it lacks the header ${name}`);
    const media = String(answer.headers["content-type"] ?? "").split(";")[0] ?? "";
    if (response.content === undefined) {
      return answer.text === "" ? missing : [...missing, `${what}: it should have no body`];
    }
    if (objectAt(response, "content")[media] === undefined) return [`${what}: the document has no ${media}`];
    if (!media.endsWith("json")) return missing;
    const place = ["paths", path, method.toLowerCase(), "responses", String(answer.status), "content", media];
    const check = this.#ajv.getSchema(`document#/${place.map(escaped).join("/")}/schema`);
    if (check === undefined) return [`${what}: no schema at ${place.join(" ")}`];
    if (check(JSON.parse(answer.text))) return missing;
    return [...missing, `${what}: ${this.#ajv.errorsText(check.errors)}`];
  }

  #describe(path: string, method: string, operation: JsonObject): DescribedOperation {
    const body = isJsonObject(operation.requestBody) ? operation.requestBody : null;
    const content = body === null ? {} : objectAt(objectAt(body, "content"), "application/json");
    const parameters = (operation.parameters as JsonObject[]).map((parameter) => this.#resolved(parameter));
    return {
      id: String(operation.operationId),
      method,
      path,
      parameters: parameters as unknown as DescribedOperation["parameters"],
      example: content.example ?? null,
      hasBody: body !== null,
      bodyRequired: body?.required === true,
      responses: objectAt(operation, "responses"),
    };
  }

  #resolved(node: JsonObject): JsonObject {
    if (typeof node.$ref !== "string") return node;
    return node.$ref.split("/").slice(1).reduce(objectAt, this.#document);
  }
}

function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isJsonObject(value) ? value : {};
}

/** As a JSON pointer within an address. */
function escaped(key: string): string {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** A copy in which the schemas of answers let through no member that they do not name. */
function closed(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document), (_key, value: JsonValue) => {
    if (!isJsonObject(value) || value.type !== "object" || value.additionalProperties !== undefined)
      return value;
    // A schema of fields closes itself, and one without `required` only narrows another.
    if (value.unevaluatedProperties !== undefined || !isJsonObject(value.properties)) return value;
    return Array.isArray(value.required) ? { ...value, additionalProperties: false } : value;
  });
}
