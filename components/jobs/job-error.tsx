import { Alert } from "@/components/ui/alert";
import type { JobError as JobErrorData } from "@/lib/domain/job";
import { resourceWord, stepWord } from "./job-words";

/** Why a job failed: what happened, where, what exists all the same, and what to do next. */
export function JobError({ error, host }: { error: JobErrorData; host: string }) {
  const where = error.step === null ? host : `${stepWord(error.step)}, on ${host}`;
  return (
    <Alert tone="bad" title={error.message}>
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[7rem_minmax(0,1fr)] [&>dt]:text-muted">
        <dt>Where</dt>
        <dd>{where}</dd>
        <dt>What next</dt>
        <dd>{error.next}</dd>
        <dt>What exists</dt>
        <dd>
          {error.exists.length === 0 ? (
            "Nothing was created."
          ) : (
            <ul className="space-y-1">
              {error.exists.map((resource) => (
                <li key={resource.id}>
                  {resourceWord(resource.kind)} <strong className="font-medium">{resource.name}</strong> on{" "}
                  {resource.host}
                  <span className="block break-all font-mono text-muted text-xs">
                    {resource.path ?? resource.id}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>Code</dt>
        <dd className="font-mono text-xs leading-5">{error.code}</dd>
      </dl>
      {error.detail ? (
        <details>
          <summary className="min-h-6 text-muted">The host's own words</summary>
          <pre className="mt-1 max-h-80 overflow-auto whitespace-pre-wrap break-words rounded bg-surface p-2 font-mono text-xs">
            {error.detail}
          </pre>
        </details>
      ) : null}
    </Alert>
  );
}
