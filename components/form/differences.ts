import type { JsonObject, JsonValue } from "@/lib/domain/json";
import { formSections } from "@/lib/schema/compose";
import { declaredFields, type Field } from "@/lib/schema/schema-set";

/** One field of a request, in words. */
export interface ReviewedField {
  name: string;
  title: string;
  /** The title of its section; empty: it has none. */
  section: string;
  value: string;
  /** What the value would be without anybody's doing; null: there is no default. */
  defaultValue: string | null;
  changed: boolean;
}

/** The fields that a request holds, in the form's order, each compared with its default. */
export function reviewFields(schema: JsonObject, body: JsonObject): ReviewedField[] {
  const sections = formSections(schema);
  const place = (field: Field) => {
    const index = sections.findIndex(({ name }) => name === field.meta.section);
    return index === -1 ? sections.length : index;
  };
  return declaredFields(schema)
    .filter(({ name }) => body[name] !== undefined)
    .sort((one, other) => place(one) - place(other))
    .map((field) => {
      const { name, schema: own, meta } = field;
      const value = body[name] as JsonValue;
      return {
        name,
        title: String(own.title ?? name),
        section: sections[place(field)]?.title ?? "",
        value: meta.secret ? "typed, not shown" : inWords(field, value),
        defaultValue: own.default === undefined ? null : inWords(field, own.default),
        changed: JSON.stringify(value) !== JSON.stringify(own.default),
      };
    });
}

/** A value as the form shows it: by its label, with its unit. */
export function inWords({ meta }: Field, value: JsonValue): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const label = meta.labels[text] ?? text;
  return meta.unit ? `${label} ${meta.unit}` : label;
}
