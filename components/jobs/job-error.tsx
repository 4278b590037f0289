import { jobAddress, vmAddress } from "@/components/shared/addresses";
import { Alert } from "@/components/ui/alert";
import { CodeText } from "@/components/ui/code-text";
import { TextLink } from "@/components/ui/text-link";
import { type CreatedResource, isTerminal, type JobView } from "@/lib/domain/job";
import { resourceWord, stepWord } from "./job-words";

/** Why a job failed: what happened, where, what exists all the same, and what to do next. */
export function JobError({ job }: { job: JobView }) {
  const { error } = job;
  if (error === null || !isTerminal(job.state)) return null;
  const vm = error.exists.find(({ kind }) => kind === "vm");
  return (
    <Alert tone={job.state === "canceled" ? "warn" : "bad"} title={error.message}>
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[7rem_minmax(0,1fr)] [&>dt]:text-muted">
        <dt>Where</dt>
        <dd>
          <Where job={job} step={error.step} />
        </dd>
        <dt>What exists</dt>
        <dd>
          {error.exists.length === 0 ? (
            "Nothing was created."
          ) : (
            <ul className="space-y-1">
              {error.exists.map((resource) => (
                <Existing key={resource.id} resource={resource} vmId={vm?.id ?? job.vm_id} />
              ))}
            </ul>
          )}
        </dd>
        <dt>What next</dt>
        <dd className="space-y-1">
          <p>
            <CodeText text={error.next} />
          </p>
          {vm && job.kind === "managed_deployment" ? (
            <p>
              VM {vm.name} stays as it is and keeps its name. The deployment can be continued from there; a
              new attempt needs another name, or this VM deleted on {vm.host} first.
            </p>
          ) : null}
        </dd>
        <dt>Code</dt>
        <dd className="font-mono text-xs leading-5">{error.code}</dd>
      </dl>
      {error.detail ? (
        <details>
          <summary className="inline-block min-h-6 text-muted">The host's own words</summary>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by keyboard (WCAG 2.1.1)
            tabIndex={0}
            className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap rounded bg-surface p-2 font-mono text-xs [overflow-wrap:anywhere]"
          >
            {error.detail}
          </pre>
        </details>
      ) : null}
    </Alert>
  );
}

function Where({ job, step }: { job: JobView; step: string | null }) {
  if (step === null) return job.host;
  const child = job.steps.find(({ name }) => name === step)?.job_id;
  return (
    <>
      Step {child ? <TextLink href={jobAddress(child)}>{stepWord(step)}</TextLink> : stepWord(step)}, on{" "}
      {job.host}
    </>
  );
}

function Existing({ resource, vmId }: { resource: CreatedResource; vmId: string | null }) {
  const { kind, name, host, path, id } = resource;
  return (
    <li>
      {resourceWord(kind)}{" "}
      {vmId === null ? (
        <strong className="font-medium">{name}</strong>
      ) : (
        <TextLink href={vmAddress(vmId)} className="font-medium">
          {name}
        </TextLink>
      )}{" "}
      on {host}
      <span className="block break-all font-mono text-muted text-xs">{path ?? id}</span>
    </li>
  );
}
