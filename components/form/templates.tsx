"use client";

import type { FieldTemplateProps, ObjectFieldTemplateProps } from "@rjsf/utils";
import type { ReactElement } from "react";
import { Field } from "@/components/ui/field";
import type { JsonObject } from "@/lib/domain/json";
import { formSections } from "@/lib/schema/compose";
import { declaredFields } from "@/lib/schema/schema-set";
import { useFormState, useVisibleErrors } from "./form-state";
import { controlId } from "./ids";
import { type SectionEntry, SectionNav, sectionId } from "./section-nav";

/** The widgets that are several controls in a group. */
const GROUPS: ReadonlySet<string> = new Set(["radio", "hosts"]);

/** One field: label, control, error, hint. The root object has a template of its own and passes through. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, required, rawDescription, rawErrors, schema, uiSchema, hidden, children } = props;
  const errors = useVisibleErrors(id, rawErrors);
  const { notes, unavailable } = useFormState();
  if (hidden) return <div hidden>{children}</div>;
  if (schema.type === "object") return children;
  return (
    <Field
      id={id}
      label={label}
      required={required ?? false}
      group={GROUPS.has(String(uiSchema?.["ui:widget"]))}
      wide={uiSchema?.["ui:widget"] === "hosts"}
      hint={rawDescription}
      note={notes[nameOf(props)]?.text ?? null}
      unavailable={unavailable[nameOf(props)]}
      errors={errors}
    >
      {children}
    </Field>
  );
}

function nameOf({ fieldPathId }: FieldTemplateProps): string {
  return String(fieldPathId.path.at(-1) ?? "");
}

/** The form itself: its fields in their sections, each with the number of its visible errors. */
export function SectionsTemplate({ properties, registry, errorSchema, schema }: ObjectFieldTemplateProps) {
  const root = registry.schemaUtils.getRootSchema() as JsonObject;
  const sections = formSections(root);
  const sectionOf = new Map(declaredFields(root).map(({ name, meta }) => [name, meta.section]));
  const placed = (section: string | null) =>
    properties.filter(({ name, hidden }) => !hidden && homeOf(name) === section);
  const homeOf = (name: string) => {
    const home = sectionOf.get(name) ?? null;
    return sections.some((section) => section.name === home) ? home : null;
  };
  const groups = [
    ...sections.map((section) => ({ ...section, fields: placed(section.name) })),
    { name: "", title: String(schema.title ?? "More"), description: "", fields: placed(null) },
  ].filter(({ fields }) => fields.length > 0);
  const { left } = useFormState();
  const wrongIn = (fields: readonly { name: string }[]) =>
    fields.filter(({ name }) => {
      const errors = errorSchema?.[name]?.__errors ?? [];
      return errors.length > 0 && left.has(controlId(name));
    }).length;
  const counted = groups.map((group) => ({ ...group, wrong: wrongIn(group.fields) }));
  return (
    <div className="grid gap-x-6 gap-y-4 xl:grid-cols-[10rem_minmax(0,1fr)]">
      <SectionNav sections={counted} />
      <div className="min-w-0 space-y-4">
        {counted.map((group) => (
          <Section key={group.name} {...group} />
        ))}
      </div>
    </div>
  );
}

interface SectionProps extends SectionEntry {
  description: string;
  fields: { name: string; content: ReactElement }[];
}

function Section({ name, title, description, wrong, fields }: SectionProps) {
  return (
    <section aria-labelledby={sectionId(name)} className="rounded-lg border border-line bg-surface p-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-2">
        <h2 id={sectionId(name)} tabIndex={-1} className="font-semibold text-base outline-none">
          {title}
        </h2>
        {wrong > 0 ? (
          <span className="rounded bg-bad-wash px-1.5 py-0.5 font-medium text-bad text-xs">
            {wrong} to correct
          </span>
        ) : null}
      </div>
      {description ? <p className="-mt-2 mb-3 text-muted">{description}</p> : null}
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">{fields.map((field) => field.content)}</div>
    </section>
  );
}
