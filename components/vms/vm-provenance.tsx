"use client";

import { requestEntries } from "@/components/jobs/request-words";
import { jobAddress } from "@/components/shared/addresses";
import { Time } from "@/components/shared/time";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy-text";
import { type Fact, Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { useFormSchema } from "@/lib/client/job-hooks";
import { holdsMarker, readMarker } from "@/lib/domain/deployment-marker";

/** Where a VM comes from, by the block that AetherV keeps in its Notes. */
export function Provenance({ notes }: { notes: string }) {
  const schema = useFormSchema();
  const marker = readMarker(notes);
  if (marker === null) {
    return (
      <p className="text-muted text-sm">
        {holdsMarker(notes)
          ? "AetherV made it. The block that it keeps in the Notes was edited, and no longer says how."
          : "Nothing in its Notes says that AetherV made it."}
      </p>
    );
  }
  const { deployment_id, request, progress, completed } = marker;
  const unfinished = request !== null || progress !== null;
  const facts: Fact[] = [
    {
      term: "Deployed by AetherV",
      value: unfinished ? (
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone="warn">unfinished</Badge>
          {progress === null ? null : `came to step ${progress.step} of ${progress.steps}`}
        </span>
      ) : completed === null ? (
        "complete"
      ) : (
        <>
          complete since <Time iso={completed} />
        </>
      ),
    },
    { term: "Deployment", value: <CopyText what="the deployment's id" text={deployment_id} mono /> },
    { term: "Its job", value: <TextLink href={jobAddress(deployment_id)}>Look at the job</TextLink> },
  ];
  const asked = request === null ? [] : requestEntries(request, schema);
  return (
    <div className="space-y-3">
      <Facts facts={facts} layout="rows" />
      {asked.length === 0 ? null : (
        <details className="text-sm">
          <summary className="inline-block min-h-6 text-muted">What was asked for</summary>
          <Facts
            layout="rows"
            facts={asked.map(({ label, text }) => ({ term: label, value: text ?? "secret, not kept" }))}
          />
        </details>
      )}
    </div>
  );
}
