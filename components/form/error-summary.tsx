"use client";

import type { ErrorListProps } from "@rjsf/utils";
import { useEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import type { JsonObject } from "@/lib/domain/json";
import { declaredFields } from "@/lib/schema/schema-set";
import { useFormState } from "./form-state";
import { ID_PREFIX } from "./ids";

/** After a try to submit: everything that is wrong, each leading to its field. Takes the focus once a try. */
export function ErrorSummary({ errorSchema, registry }: ErrorListProps) {
  const { submitted, attempt, refusal } = useFormState();
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks for the focus again
  useEffect(() => {
    box.current?.focus();
  }, [attempt]);
  if (!submitted) return null;

  const titles = new Map(
    declaredFields(registry.schemaUtils.getRootSchema() as JsonObject).map(({ name, schema }) => [
      name,
      String(schema.title ?? name),
    ]),
  );
  const { __errors: ofTheWhole = [], ...ofFields } = errorSchema;
  const problems = Object.entries(ofFields).flatMap(([name, entry]) => {
    const messages: string[] = entry?.__errors ?? [];
    return [...new Set(messages)].map((message) => ({ name, message }));
  });
  const count = problems.length + ofTheWhole.length;
  if (count === 0) return null;
  return (
    <Alert
      ref={box}
      tone="bad"
      title={refusal?.title ?? `${count} ${count === 1 ? "thing" : "things"} to correct`}
    >
      {refusal ? <p>{refusal.next}</p> : null}
      <ul className="list-disc space-y-1 pl-5">
        {ofTheWhole.map((message) => (
          <li key={message}>{message}</li>
        ))}
        {problems.map(({ name, message }) => (
          <li key={`${name} ${message}`}>
            <a
              href={`#${ID_PREFIX}_${name}`}
              className="underline underline-offset-2"
              onClick={(event) => {
                event.preventDefault();
                focusField(name);
              }}
            >
              {titles.get(name) ?? name}
            </a>
            : {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function focusField(name: string): void {
  const control = document.getElementById(`${ID_PREFIX}_${name}`);
  const target = control?.querySelector<HTMLElement>("input:checked, input") ?? control;
  target?.focus();
}
