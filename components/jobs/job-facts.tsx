"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { useFormSchema } from "@/lib/client/job-hooks";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { vmAddress } from "./addresses";
import { outputWord } from "./job-words";
import { plainText, requestEntries } from "./request-words";

/** What a job made, and what it was asked for: in words, or by the names that the API knows. */
export function JobFacts({ job }: { job: JobView }) {
  const [raw, setRaw] = useState(false);
  const toggle = (
    <Button
      tone="quiet"
      aria-pressed={raw}
      className="-my-1 px-2 text-xs aria-pressed:bg-raised"
      onClick={() => setRaw(!raw)}
    >
      Field names
    </Button>
  );
  const hasOutputs = Object.values(job.outputs).some((value) => value !== null);
  return (
    <>
      {hasOutputs ? <Outputs outputs={job.outputs} raw={raw} /> : null}
      <Request request={job.request} raw={raw} toggle={toggle} />
    </>
  );
}

/** An id or name of a VM leads to the VM, and so do those of its parts. */
function Outputs({ outputs, raw }: { outputs: JobView["outputs"]; raw: boolean }) {
  const vmId = typeof outputs.vm_id === "string" ? outputs.vm_id : null;
  return (
    <Facts title="Result">
      {Object.entries(outputs).map(([name, value]) =>
        value === null ? null : (
          <Fact key={name} term={raw ? name : outputWord(name)}>
            {vmId !== null && LEADING_TO_VM.has(name) ? (
              <TextLink href={vmAddress(vmId)}>{plainText(value)}</TextLink>
            ) : (
              plainText(value)
            )}
          </Fact>
        ),
      )}
    </Facts>
  );
}

const LEADING_TO_VM: ReadonlySet<string> = new Set(["vm_id", "vm_name", "disk_id", "nic_id"]);

/** The request as it came; the server has put a mark in the place of every secret. */
function Request({ request, raw, toggle }: { request: JsonObject; raw: boolean; toggle: ReactNode }) {
  const schema = useFormSchema();
  const entries = requestEntries(request, schema);
  return (
    <Facts title="Request" action={toggle}>
      {entries.map(({ name, label, text }) => (
        <Fact key={name} term={raw ? name : label}>
          {text === null ? (
            <span className="text-muted italic">secret, not kept</span>
          ) : raw ? (
            plainText(request[name] ?? null)
          ) : (
            text
          )}
        </Fact>
      ))}
      {entries.length === 0 ? <p className="px-3 py-1.5 text-muted">Nothing was given.</p> : null}
    </Facts>
  );
}

function Facts({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className="mb-2 flex items-center justify-between gap-2">
        <h2 className="font-semibold">{title}</h2>
        {action}
      </div>
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface text-[0.8125rem]">
        {children}
      </dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-3 px-3 py-1 leading-5 min-[24rem]:grid-cols-[8.5rem_minmax(0,1fr)]">
      <dt className="text-muted [overflow-wrap:anywhere]">{term}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
