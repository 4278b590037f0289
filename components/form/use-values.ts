import { useMemo, useRef, useState } from "react";
import type { HostView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { declaredFields } from "@/lib/schema/schema-set";
import type { FormData, FormEvent } from "./form-event";
import { type Note, reconcile } from "./reconcile";
import { shownFields, shownValues } from "./shown-fields";
import { choiceContextOf } from "./use-choice-context";

type SchemaUtils = FormEvent["schemaUtils"];

/**
 * The values of the form, and what the page itself did to them.
 *
 * @param initial what the form begins with; the schema's defaults are filled in around it
 * @param fixed by field: what keeps its value, whatever the host offers by now
 */
export function useValues(
  schema: JsonObject,
  schemaUtils: SchemaUtils,
  hosts: readonly HostView[] | undefined,
  initial: JsonObject,
  fixed: Readonly<Record<string, string>>,
) {
  const fields = useMemo(() => declaredFields(schema), [schema]);
  const [begin] = useState(() => beginning(schema, schemaUtils, initial));
  const [values, setValues] = useState<JsonObject>(begin.values);
  const [notes, setNotes] = useState<Readonly<Record<string, Note>>>({});
  const shownNow = useRef<ReadonlySet<string>>(begin.shown);
  const latest = useRef(values);

  /** Takes what the form reports, and gives the names of the fields whose value is another one now. */
  function change(event: FormEvent): string[] {
    const previous = latest.current;
    const typed = event.formData ?? {};
    const shown = shownFields(event, typed);
    const next = shownValues(typed, shown);
    const byHand = changedFields(previous, next);
    if (byHand.length === 0) return [];
    const context = choiceContextOf(schema, next, hosts);
    const result = reconcile({
      fields,
      fixed,
      shown,
      shownBefore: shownNow.current,
      previous,
      next,
      context,
    });
    shownNow.current = shown;
    latest.current = result.values;
    setValues(result.values);
    setNotes((before) => ({ ...without(before, byHand), ...result.notes }));
    return changedFields(previous, result.values);
  }

  return { values, notes, change, shown: () => shownNow.current, latest: () => latest.current };
}

function beginning(schema: JsonObject, schemaUtils: SchemaUtils, initial: JsonObject) {
  const filled = schemaUtils.getDefaultFormState(schema, initial) as FormData;
  const shown = shownFields({ schema, schemaUtils }, filled);
  return { shown, values: shownValues(filled, shown) };
}

function changedFields(before: JsonObject, after: JsonObject): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

function without(notes: Readonly<Record<string, Note>>, names: readonly string[]): Record<string, Note> {
  return Object.fromEntries(Object.entries(notes).filter(([name]) => !names.includes(name)));
}
