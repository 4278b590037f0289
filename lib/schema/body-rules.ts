import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { textProblem } from "./text-rules";

const MAX_FIELDS = 256;
const MAX_NAME_LENGTH = 128;
const MAX_DEPTH = 8;
const FORBIDDEN_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/**
 * What no schema needs to say: a body is one object, neither wide nor deep, its names are ordinary, and
 * its texts can be carried and shown. Empty when the body may be validated.
 */
export function bodyProblems(body: unknown): FieldProblem[] {
  if (!isJsonObject(body)) {
    return [{ pointer: "", message: "Send one JSON object with the fields at top level." }];
  }
  const entries = Object.entries(body);
  if (entries.length > MAX_FIELDS) {
    return [{ pointer: "", message: `Send at most ${MAX_FIELDS} fields.` }];
  }
  return entries.flatMap(([name, value]) => {
    if (name.length > MAX_NAME_LENGTH || textProblem(name) !== null) {
      return [{ pointer: "", message: "One field's name is not a name: check the spelling of all fields." }];
    }
    const pointer = pointerTo(name);
    if (FORBIDDEN_NAMES.has(name)) return [{ pointer, message: "There is no such field: leave it out." }];
    const message = valueProblem(value, MAX_DEPTH);
    return message === null ? [] : [{ pointer, message }];
  });
}

function valueProblem(value: JsonValue, depth: number): string | null {
  if (typeof value === "string") return textProblem(value);
  if (typeof value !== "object" || value === null) return null;
  if (depth === 0) return "The value is nested too deeply.";
  if (!Array.isArray(value) && Object.keys(value).some((name) => FORBIDDEN_NAMES.has(name))) {
    return "The value has a name that is not allowed.";
  }
  for (const item of Object.values(value)) {
    const problem = valueProblem(item, depth - 1);
    if (problem !== null) return problem;
  }
  return null;
}

/** A copy that shares nothing with the body, so that defaults never reach what the caller holds. */
export function toPlainObject(body: unknown): JsonObject {
  const copy: unknown = structuredClone(body);
  return isJsonObject(copy) ? copy : {};
}
