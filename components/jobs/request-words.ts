import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { CLUSTER_WORDS, POWER_WORDS } from "@/lib/domain/power-actions";
import { declaredFields, type Field, textOf } from "@/lib/schema/schema-set";

/** One field of a request as people read it. */
export interface RequestEntry {
  name: string;
  /** The schema's title; the name itself where no schema knows the field. */
  label: string;
  /** null: a secret, which is not kept. */
  text: string | null;
}

/** What the server puts in a secret's place. */
const SECRET = "[secret]";

/** What belongs to the request and to no schema. */
const OWN_LABELS: Readonly<Record<string, string>> = {
  action: "Action",
  delete_file: "Delete its file",
  delete_files: "Delete its files",
  turn_off: "Turn it off first",
};
const ACTION_WORDS = new Map(Object.entries({ ...POWER_WORDS, ...CLUSTER_WORDS }));

/** The request in the order of the form, with its titles, units and labels. */
export function requestEntries(request: JsonObject, schema: JsonObject | undefined): RequestEntry[] {
  const fields = new Map(
    schema === undefined ? [] : declaredFields(schema).map((field) => [field.name, field]),
  );
  const names = [...fields.keys(), ...Object.keys(request).filter((name) => !fields.has(name))];
  return names.flatMap((name) => {
    const value = request[name];
    if (value === undefined) return [];
    const field = fields.get(name);
    const label = field === undefined ? (OWN_LABELS[name] ?? name) : textOf(field.schema, "title") || name;
    const word = name === "action" ? ACTION_WORDS.get(String(value)) : undefined;
    return [{ name, label, text: value === SECRET ? null : (word ?? wordsOf(value, field)) }];
  });
}

function wordsOf(value: JsonValue, field: Field | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = valueText(value);
  const label = field?.meta.labels[text];
  if (label !== undefined) return label;
  return field?.meta.unit != null && typeof value === "number" ? `${text} ${field.meta.unit}` : text;
}

/** Text as it is, anything else as JSON. */
export function valueText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
