import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject, JsonValue } from "@/lib/domain/json";

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface">{children}</dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-3 px-3 py-1 font-mono text-xs leading-5">
      <dt className="break-words text-muted">{term}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** What a job made. An id of a VM leads to the VM. */
export function JobOutputs({ outputs }: { outputs: JobView["outputs"] }) {
  const entries = Object.entries(outputs).filter(([, value]) => value !== null);
  if (entries.length === 0) return null;
  return (
    <Facts title="Result">
      {entries.map(([name, value]) => (
        <Fact key={name} term={name}>
          {name === "vm_id" || name === "vm_name" ? (
            <TextLink href={`/vms?q=${encodeURIComponent(textOf(value))}`}>{textOf(value)}</TextLink>
          ) : (
            textOf(value)
          )}
        </Fact>
      ))}
    </Facts>
  );
}

/** The request as it came; the server has put a mark in the place of every secret. */
export function JobRequest({ request }: { request: JsonObject }) {
  return (
    <Facts title="Request">
      {Object.entries(request).map(([name, value]) => (
        <Fact key={name} term={name}>
          {value === "[secret]" ? <span className="text-muted italic">secret, not kept</span> : textOf(value)}
        </Fact>
      ))}
    </Facts>
  );
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
