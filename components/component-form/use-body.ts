import { useRef, useState } from "react";
import type { FormData, FormEvent } from "@/components/form/form-event";
import { shownFields, shownValues } from "@/components/form/shown-fields";
import type { JsonObject } from "@/lib/domain/json";

type SchemaUtils = FormEvent["schemaUtils"];

/**
 * The values of a component's form.
 *
 * @param initial what it begins with; the schema's defaults are filled in around it
 */
export function useBody(schema: JsonObject, schemaUtils: SchemaUtils, initial: JsonObject) {
  const [values, setValues] = useState(() =>
    bodyOf({ schema, schemaUtils }, schemaUtils.getDefaultFormState(schema, initial) as FormData),
  );
  // What the form library judges by: it asks between a change and the next drawing.
  const latest = useRef(values);

  /** Takes what the form reports. */
  function change(event: FormEvent): void {
    latest.current = bodyOf(event, event.formData ?? {});
    setValues(latest.current);
  }

  return { values, latest, change };
}

function bodyOf(form: Pick<FormEvent, "schema" | "schemaUtils">, values: FormData): JsonObject {
  return shownValues(values, shownFields(form, values));
}
