"use client";

import { CircleAlert, CircleCheck, CircleDashed, CircleX, LoaderCircle } from "lucide-react";
import { CodeText } from "@/components/ui/code-text";
import { Facts } from "@/components/ui/facts";
import type { CheckStep, CheckStepState } from "@/lib/domain/host-check";
import { CHECK_STATE_WORDS, CHECK_WORDS } from "./check-words";
import { CopyValue } from "./copy-value";
import { VisibleText } from "./visible-text";

const ICONS: Readonly<Record<CheckStepState, { icon: typeof CircleCheck; look: string }>> = {
  pending: { icon: CircleDashed, look: "text-muted" },
  running: { icon: LoaderCircle, look: "text-busy motion-safe:animate-spin" },
  passed: { icon: CircleCheck, look: "text-ok" },
  warning: { icon: CircleAlert, look: "text-warn" },
  failed: { icon: CircleX, look: "text-bad" },
  not_reached: { icon: CircleDashed, look: "text-muted" },
};

/** The steps of a test of a connection: how each went, and what to do where one did not pass. */
export function CheckSteps({ steps, host }: { steps: readonly CheckStep[]; host: string }) {
  return (
    <ol aria-label={`Steps of the test of ${host}`} className="divide-y divide-line">
      {steps.map((step) => (
        <Step key={step.name} step={step} />
      ))}
    </ol>
  );
}

function Step({ step }: { step: CheckStep }) {
  const { name, state, duration_ms, message, facts, next } = step;
  const { icon: Icon, look } = ICONS[state];
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 px-4 py-2.5">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 ${look}`} />
      <div className="min-w-0 space-y-1.5">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-medium">{CHECK_WORDS[name]}</span>{" "}
          <span className={state === "failed" ? "font-medium text-bad" : "text-muted"}>
            {CHECK_STATE_WORDS[state]}
          </span>
          {duration_ms === null ? null : <span className="text-muted text-sm"> · {duration_ms} ms</span>}
        </p>
        {message === null ? null : (
          <p className="[overflow-wrap:anywhere]">
            <VisibleText text={message} />
          </p>
        )}
        {next === null ? null : (
          <p className="[overflow-wrap:anywhere]">
            <CodeText text={next} />
          </p>
        )}
        <Commands step={step} />
        {facts.length === 0 ? null : <Seen facts={facts} open={state === "failed"} />}
      </div>
    </li>
  );
}

/** What one compares, such as a fingerprint: at hand where something is wrong, folded where nothing is. */
function Seen({ facts, open }: { facts: CheckStep["facts"]; open: boolean }) {
  return (
    <details open={open} className="text-sm">
      <summary className="inline-block min-h-6 cursor-pointer rounded-sm text-accent hover:underline">
        What was seen
      </summary>
      <Facts
        layout="rows"
        facts={facts.map(({ name, value }, index) => ({
          key: `${name} ${index}`,
          term: name,
          value: <CopyValue what={name} text={value} mono />,
        }))}
      />
    </details>
  );
}

function Commands({ step: { commands, section } }: { step: CheckStep }) {
  if (commands.length === 0 && section === null) return null;
  return (
    <div className="space-y-1 text-sm">
      {commands.length === 0 ? null : (
        <>
          <p className="text-muted">On the host, in an elevated Windows PowerShell:</p>
          <ul className="space-y-1 rounded-md border border-line bg-ground p-2">
            {commands.map((command) => (
              <li key={command}>
                <CopyValue what={`the command ${command}`} text={command} mono />
              </li>
            ))}
          </ul>
        </>
      )}
      {section === null ? null : (
        <p className="text-muted">
          More in <code className="font-mono [overflow-wrap:anywhere]">docs/host-setup.md#{section}</code>
        </p>
      )}
    </div>
  );
}
