import type { JsonObject } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import { textProblem } from "./text-rules";

const MAX_FIELDS = 256;
const MAX_NAME_LENGTH = 128;

/**
 * What no schema needs to say: a body is not wide, its names are ordinary, and its texts can be carried and
 * shown. Empty when the body may be validated.
 */
export function bodyProblems(body: JsonObject): FieldProblem[] {
  const entries = Object.entries(body);
  if (entries.length > MAX_FIELDS) {
    return [{ pointer: "", message: `Send at most ${MAX_FIELDS} fields.` }];
  }
  return entries.flatMap(([name, value]) => {
    if (name.length > MAX_NAME_LENGTH || textProblem(name) !== null) {
      return [{ pointer: "", message: "One field's name is not a name: check the spelling of all fields." }];
    }
    const pointer = pointerTo(name);
    if (isInherited(name)) return [{ pointer, message: "There is no such field: leave it out." }];
    const message = typeof value === "string" ? textProblem(value) : null;
    return message === null ? [] : [{ pointer, message }];
  });
}

/** Whether every object has a member of this name already: AJV takes `toString` for a field that it knows. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}
