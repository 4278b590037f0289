import { inWords } from "@/components/form/differences";
import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { declaredFields, textOf } from "@/lib/schema/schema-set";

/** The values that are others than those which are there now. */
export function changesOf(current: JsonObject, values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !same(value, current[name])));
}

/** Whether a field still has the value that is there now. */
export function isUnchanged(name: string, current: JsonObject | undefined, values: JsonObject): boolean {
  return current?.[name] !== undefined && same(current[name], values[name]);
}

/** Fields that have a value and were emptied: a change gives another value, or leaves the field out. */
export function emptiedFields(schema: JsonObject, current: JsonObject, values: JsonObject): FieldProblem[] {
  return declaredFields(schema)
    .filter(({ name }) => current[name] !== undefined && values[name] === undefined)
    .map(({ name, schema: own }) => ({
      pointer: pointerTo(name),
      message: `${textOf(own, "title")} cannot be emptied: give a value.`,
    }));
}

/** A field that is another one by now than when the form was filled. */
export interface Difference {
  name: string;
  title: string;
  before: string;
  now: string;
  /** What one has put there oneself; null: nothing. */
  mine: string | null;
}

/**
 * What somebody else has changed meanwhile, field by field.
 *
 * @param before what the form was filled with
 * @param now what is there now
 * @param mine one's own changes
 */
export function differencesOf(
  schema: JsonObject,
  before: JsonObject,
  now: JsonObject,
  mine: JsonObject,
): Difference[] {
  return declaredFields(schema)
    .filter(({ name }) => !same(before[name], now[name]))
    .map((field) => {
      const words = (value: JsonValue | undefined) => (value === undefined ? "none" : inWords(field, value));
      const { name, schema: own } = field;
      return {
        name,
        title: textOf(own, "title") || name,
        before: words(before[name]),
        now: words(now[name]),
        mine: mine[name] === undefined ? null : words(mine[name]),
      };
    });
}

function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
