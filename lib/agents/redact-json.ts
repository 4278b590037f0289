import type { JsonValue } from "@/lib/domain/json";

/** ConvertTo-Json goes no deeper. */
const MAX_DEPTH = 100;

/**
 * The value with every string in it, keys aside, passed through `redact`.
 *
 * @throws RangeError for a value that is nested too deeply.
 */
export function redactJson<Value extends JsonValue>(value: Value, redact: (text: string) => string): Value;
export function redactJson(value: JsonValue, redact: (text: string) => string): JsonValue {
  return walk(value, redact, 0);
}

function walk(value: JsonValue, redact: (text: string) => string, depth: number): JsonValue {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) throw new RangeError("The value is nested too deeply.");
  if (Array.isArray(value)) return value.map((item) => walk(item, redact, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, redact, depth + 1)]));
}
