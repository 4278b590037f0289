"use client";

import type { ErrorListProps, ErrorSchema } from "@rjsf/utils";
import { useEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { CodeText } from "@/components/ui/code-text";
import { counted } from "@/lib/domain/amounts";
import type { JsonObject } from "@/lib/domain/json";
import { formSections } from "@/lib/schema/compose";
import { declaredFields } from "@/lib/schema/schema-set";
import type { FormData } from "./form-event";
import { useFormState } from "./form-state";
import { controlId } from "./ids";

/** After a try to submit: everything that is wrong, each leading to its field. Takes the focus once a try. */
export function ErrorSummary({ errorSchema, registry }: ErrorListProps) {
  const { attempt, refusal, left } = useFormState();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks for the focus again
  useEffect(() => {
    box.current?.focus();
  }, [attempt]);
  if (attempt === 0) return null;

  const problems = problemsOf(errorSchema, registry.schemaUtils.getRootSchema() as JsonObject).filter(
    ({ name }) => name === "" || left.has(controlId(name)),
  );
  if (problems.length === 0) return null;
  const title = refusal?.title ?? `${counted(problems.length, "thing")} to correct`;
  return (
    <Alert ref={box} tone="bad" title={title}>
      {refusal ? (
        <p>
          <CodeText text={refusal.next} />
        </p>
      ) : null}
      <ul className="list-disc space-y-1 pl-5">
        {problems.map(({ name, title, message }) => (
          <li key={`${name} ${message}`}>
            {name === "" ? (
              <CodeText text={message} />
            ) : (
              <FieldLink name={name} title={title} message={message} />
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

interface Problem {
  /** The field; empty: the whole form. */
  name: string;
  title: string;
  message: string;
}

/** What is wrong, in the order in which the fields stand on the form. */
function problemsOf(errorSchema: ErrorSchema<FormData>, schema: JsonObject): Problem[] {
  const sections = formSections(schema).map((section) => section.name);
  const fields = declaredFields(schema).sort(
    (one, other) => sections.indexOf(one.meta.section ?? "") - sections.indexOf(other.meta.section ?? ""),
  );
  const titles = new Map(fields.map((field) => [field.name, String(field.schema.title ?? field.name)]));
  const named = new Set([...titles.keys(), ...Object.keys(errorSchema)]);
  named.delete("__errors");
  const ofFields = [...named].flatMap((name) =>
    unique(errorSchema[name]?.__errors).map((message) => ({
      name,
      title: titles.get(name) ?? name,
      message,
    })),
  );
  return [...unique(errorSchema.__errors).map((message) => ({ name: "", title: "", message })), ...ofFields];
}

function unique(messages: readonly string[] | undefined): string[] {
  return [...new Set(messages)];
}

/** Leads to a field; most messages begin with its name anyway. */
function FieldLink({ name, title, message }: Problem) {
  const says = message.startsWith(title);
  return (
    <>
      <a
        href={`#${controlId(name)}`}
        className="underline underline-offset-2"
        onClick={(event) => {
          event.preventDefault();
          focusField(name);
        }}
      >
        {says ? message : title}
      </a>
      {says ? null : (
        <>
          : <CodeText text={message} />
        </>
      )}
    </>
  );
}

function focusField(name: string): void {
  const control = document.getElementById(controlId(name));
  const target = control?.querySelector<HTMLElement>("input:checked, input") ?? control;
  target?.focus();
}
