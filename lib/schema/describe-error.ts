import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { pointerTo, tokensOf } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { sentenceFor } from "./error-sentence";
import { declaredFields } from "./schema-set";

/** What is used of an AJV error. Its `message` and `data` are not: they are for developers, and may be secret. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: Readonly<Record<string, unknown>>;
}

/**
 * One problem per mistake of a request that failed a composed schema, each with the pointer of its field
 * and a sentence that says what to do. It reads only the schema, never the value, so that no secret can
 * appear; on the server and in the browser it says the same.
 */
export function describeErrors(schema: JsonObject, errors: readonly SchemaError[]): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  const decisive = new Set(errors.filter(isDecisive).map((error) => pointerOf(error)));
  for (const error of errors) {
    if (decisive.has(pointerOf(error)) && !isDecisive(error)) continue;
    if (isEcho(schema, error, errors)) continue;
    const problem = describeError(schema, error);
    if (problem) problems.set(`${problem.pointer}\n${problem.message}`, problem);
  }
  return [...problems.values()];
}

/** The problem behind one error; null for an error that only repeats what another one says (`if`). */
function describeError(schema: JsonObject, error: SchemaError): FieldProblem | null {
  if (error.keyword === "if") return null;
  const pointer = pointerOf(error);
  const [name = ""] = tokensOf(pointer);
  const parent = schemaAt(schema, error.schemaPath);
  return { pointer, message: ownMessage(parent, error.keyword) ?? sentenceFor(schema, name, error, parent) };
}

/** The field that an error is about, also where AJV points at the object around it. */
function pointerOf({ instancePath, params }: SchemaError): string {
  const inner = params.missingProperty ?? params.unevaluatedProperty ?? params.additionalProperty;
  return typeof inner === "string" ? instancePath + pointerTo(inner) : instancePath;
}

/** Errors that make every other one about the same value beside the point. */
function isDecisive({ keyword, params }: SchemaError): boolean {
  return keyword === "type" || (keyword === "minLength" && params.limit === 1);
}

/**
 * A field that stands under a condition counts as unknown while anything in its branch is wrong. The error
 * is an echo when there is one in that branch.
 */
function isEcho(schema: JsonObject, error: SchemaError, errors: readonly SchemaError[]): boolean {
  const { unevaluatedProperty } = error.params;
  if (typeof unevaluatedProperty !== "string") return false;
  return errors.some((other) => {
    if (other.keyword === "if" || "unevaluatedProperty" in other.params) return false;
    return branchesAlong(schema, other.schemaPath).some((branch) =>
      declaredFields(branch).some(({ name }) => name === unevaluatedProperty),
    );
  });
}

function branchesAlong(schema: JsonObject, schemaPath: string): JsonObject[] {
  const branches: JsonObject[] = [];
  let part: JsonValue | undefined = schema;
  for (const token of stepsOf(schemaPath)) {
    part = step(part, token);
    if ((token === "then" || token === "else") && isJsonObject(part)) branches.push(part);
  }
  return branches;
}

/** The steps from the schema's root to the keyword that failed: AJV gives them as a URI's fragment. */
function stepsOf(schemaPath: string): string[] {
  return tokensOf(decodeURIComponent(schemaPath.slice(schemaPath.indexOf("#") + 1)));
}

function step(part: JsonValue | undefined, token: string): JsonValue | undefined {
  if (Array.isArray(part)) return part[Number(token)];
  return isJsonObject(part) && Object.hasOwn(part, token) ? part[token] : undefined;
}

/** The schema object whose keyword failed. */
function schemaAt(schema: JsonObject, schemaPath: string): JsonObject {
  const part = stepsOf(schemaPath).slice(0, -1).reduce<JsonValue | undefined>(step, schema);
  return isJsonObject(part) ? part : {};
}

/** The sentence that the schema itself has for this failure: `x-aetherv.message`, for all keywords or by keyword. */
function ownMessage(parent: JsonObject, keyword: string): string | null {
  const extension = parent["x-aetherv"];
  if (!isJsonObject(extension)) return null;
  const { message } = extension;
  if (typeof message === "string") return message;
  if (!isJsonObject(message)) return null;
  const text = message[keyword];
  return typeof text === "string" ? text : null;
}
