"use client";

import { type ReactNode, useState } from "react";
import { vmAddress } from "@/components/shared/addresses";
import { checkStepsOf } from "@/components/shared/check-words";
import { OnDemand } from "@/components/shared/on-demand";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { type Fact, Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { useFormSchema } from "@/lib/client/job-hooks";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { visibleText } from "@/lib/domain/visible-text";
import { outputWord } from "./job-words";
import { requestEntries, valueText } from "./request-words";

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
      {job.kind === "host.check" ? (
        <Checked job={job} />
      ) : hasOutputs ? (
        <Outputs outputs={job.outputs} raw={raw} />
      ) : null}
      <Request request={job.request} raw={raw} toggle={toggle} />
    </>
  );
}

const loadCheckSteps = () => import("@/components/shared/check-steps").then((module) => module.CheckSteps);

/** What the test of a connection has found. */
function Checked({ job }: { job: JobView }) {
  return (
    <Card flush title="Result">
      <OnDemand
        load={loadCheckSteps}
        props={{ steps: checkStepsOf(job), host: job.host }}
        missing="The steps cannot be shown"
      />
    </Card>
  );
}

/** An id or name of a VM leads to the VM, and so do those of its parts. */
function Outputs({ outputs, raw }: { outputs: JobView["outputs"]; raw: boolean }) {
  const vmId = typeof outputs.vm_id === "string" ? outputs.vm_id : null;
  const made = Object.entries(outputs).flatMap(([name, value]): Fact[] => {
    if (value === null) return [];
    const text = valueText(value);
    const leads = vmId !== null && LEADING_TO_VM.has(name);
    return [
      {
        key: name,
        term: raw ? name : outputWord(name),
        value: leads ? (
          <TextLink href={vmAddress(vmId)}>{visibleText(text, true)}</TextLink>
        ) : (
          visibleText(text, true)
        ),
      },
    ];
  });
  return (
    <Card title="Result">
      <Facts layout="rows" facts={made} />
    </Card>
  );
}

const LEADING_TO_VM: ReadonlySet<string> = new Set(["vm_id", "vm_name", "disk_id", "nic_id"]);

/** The request as it came; the server has put a mark in the place of every secret. */
function Request({ request, raw, toggle }: { request: JsonObject; raw: boolean; toggle: ReactNode }) {
  const schema = useFormSchema();
  const entries = requestEntries(request, schema);
  const asked = entries.map(({ name, label, text }): Fact => {
    const told = raw ? valueText(request[name] ?? null) : text;
    return {
      key: name,
      term: raw ? name : label,
      value:
        text === null ? (
          <span className="text-muted italic">secret, not kept</span>
        ) : (
          visibleText(told ?? "", true)
        ),
    };
  });
  return (
    <Card title="Request" actions={toggle}>
      {asked.length === 0 ? (
        <p className="text-muted text-sm">Nothing was given.</p>
      ) : (
        <Facts layout="rows" facts={asked} />
      )}
    </Card>
  );
}
