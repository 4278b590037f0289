"use client";

import { Fragment, useEffect, useMemo, useRef } from "react";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsTabs } from "@/components/shared/request-texts-tabs";
import { VisibleText } from "@/components/shared/visible-text";
import { Button } from "@/components/ui/button";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { JsonObject } from "@/lib/domain/json";
import { secretFields } from "@/lib/schema/secret-fields";
import type { Destination } from "./destination";
import { type ReviewedField, reviewFields } from "./differences";

interface ReviewProps {
  schema: JsonObject;
  body: JsonObject;
  destination: Destination;
  pending: boolean;
  onBack: () => void;
  onCreate: () => void;
}

/** The last look before anything is created: what was chosen, and the same request for a script. */
export function Review({ schema, body, destination, pending, onBack, onCreate }: ReviewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const fields = useMemo(() => reviewFields(schema, body), [schema, body]);
  const { words, shown = newDeployment } = destination;
  const request = useMemo(() => shown(body, secretFields(schema)), [shown, body, schema]);
  const changed = fields.filter((field) => field.changed);
  const left = fields.filter((field) => !field.changed);
  return (
    <div className="space-y-4">
      <section aria-labelledby="review" className="rounded-lg border border-line bg-surface p-4">
        <h2
          id="review"
          ref={heading}
          tabIndex={-1}
          className="break-words font-semibold text-base outline-none"
        >
          Review <VisibleText text={String(body.vm_name ?? "the request")} />
        </h2>
        <p className="mb-3 text-muted">
          AetherV has checked it against what the hosts last said. {words.checked}
        </p>
        <Differences fields={changed} />
        {left.length > 0 ? (
          <details className="mt-3">
            <summary className="text-muted">
              {left.length} {left.length === 1 ? "field is" : "fields are"} as by default
            </summary>
            <ul className="mt-1.5 list-disc pl-5">
              {left.map(({ name, title, value }) => (
                <li key={name}>
                  {title}: {value}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </section>
      <section aria-labelledby="review-request" className="rounded-lg border border-line bg-surface p-4">
        <h2 id="review-request" className="font-semibold text-base">
          The same request for a script
        </h2>
        <p className="mb-2 text-muted">
          Passwords are placeholders such as <code className="font-mono">{"<guest_la_pw>"}</code>: fill them
          in, or the API refuses it.
        </p>
        <RequestTextsTabs request={request} />
      </section>
      <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center justify-between gap-2 border-line border-t bg-canvas px-1 py-3">
        <Button onClick={onBack}>Back to the form</Button>
        <Button
          tone="primary"
          pending={pending}
          onClick={(event) => {
            // The second click of a double click on what was here before is not meant for this.
            if (event.detail < 2) onCreate();
          }}
        >
          {pending ? words.sending : words.send}
        </Button>
      </div>
    </div>
  );
}

const newDeployment: NonNullable<Destination["shown"]> = (body, secrets) =>
  shownRequest("POST /managed-deployments", { body }, { secrets });

function Differences({ fields }: { fields: readonly ReviewedField[] }) {
  return (
    <Table
      caption="What differs from the defaults"
      head={
        <>
          <Th>Field</Th>
          <Th>Value</Th>
          <Th>Default</Th>
        </>
      }
    >
      {fields.map(({ name, title, section, value, defaultValue }, index) => (
        <Fragment key={name}>
          {section === fields[index - 1]?.section ? null : (
            <tr className="bg-raised text-muted text-xs">
              <th scope="colgroup" colSpan={3} className="px-3 py-1 text-left font-medium">
                {section}
              </th>
            </tr>
          )}
          <tr>
            <RowHeader className="py-1.5 font-normal">{title}</RowHeader>
            <Td className="min-w-32 break-all py-1.5 font-medium">{value}</Td>
            <Td className="py-1.5 text-muted">{defaultValue ?? "–"}</Td>
          </tr>
        </Fragment>
      ))}
    </Table>
  );
}
