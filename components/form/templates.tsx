"use client";

import type { ErrorSchema, FieldTemplateProps, ObjectFieldTemplateProps } from "@rjsf/utils";
import type { ReactElement } from "react";
import { Field } from "@/components/ui/field";
import type { JsonObject } from "@/lib/domain/json";
import { formSections } from "@/lib/schema/compose";
import { declaredFields } from "@/lib/schema/schema-set";
import { useFormState, useVisibleErrors } from "./form-state";
import { controlId } from "./ids";

/** One field: label, control, error, hint. The root object has a template of its own and passes through. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, label, required, rawDescription, rawErrors, schema, uiSchema, hidden, children } = props;
  const errors = useVisibleErrors(id, rawErrors);
  const { notes } = useFormState();
  if (hidden) return <div hidden>{children}</div>;
  if (schema.type === "object") return children;
  return (
    <Field
      id={id}
      label={label}
      required={required ?? false}
      group={uiSchema?.["ui:widget"] === "radio"}
      hint={rawDescription}
      note={notes[nameOf(props)]?.text ?? null}
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
  return (
    <div className="space-y-4">
      {groups.map(({ name, title, description, fields }) => (
        <Section
          key={name}
          title={title}
          description={description}
          fields={fields}
          errorSchema={errorSchema}
        />
      ))}
    </div>
  );
}

interface SectionProps {
  title: string;
  description: string;
  fields: { name: string; content: ReactElement }[];
  errorSchema: ErrorSchema | undefined;
}

function Section({ title, description, fields, errorSchema }: SectionProps) {
  const { left } = useFormState();
  const wrong = fields.filter((field) => {
    const errors = errorSchema?.[field.name]?.__errors ?? [];
    return errors.length > 0 && left.has(controlId(field.name));
  }).length;
  return (
    <section className="rounded-lg border border-line bg-surface p-4">
      <h2 className="mb-3 font-semibold text-base">
        {title}
        {wrong > 0 ? (
          <span className="ml-2 rounded bg-bad-wash px-1.5 py-0.5 font-medium text-bad text-xs">
            {wrong} to correct
          </span>
        ) : null}
      </h2>
      {description ? <p className="-mt-2 mb-3 text-muted">{description}</p> : null}
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">{fields.map((field) => field.content)}</div>
    </section>
  );
}
