"use client";

import { useState } from "react";
import useSWRImmutable from "swr/immutable";
import { FailureAlert } from "@/components/shared/failure-alert";
import { usePageTitle } from "@/components/shared/use-page-title";
import { VisibleText } from "@/components/shared/visible-text";
import { Alert } from "@/components/ui/alert";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { loadFormDefinition } from "@/lib/client/form-definition";
import { listUnfinished } from "@/lib/client/unfinished";
import { listed } from "@/lib/domain/attention/item";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { visibleText } from "@/lib/domain/visible-text";
import { continuationOf, startOf } from "./continuation";
import { missingWords, progressWords } from "./unfinished-words";

/** The form library is large: it is loaded beside what the form is filled from. */
async function load(deploymentId: string) {
  const [definition, { NewVmForm }, { deployments }] = await Promise.all([
    loadFormDefinition(),
    import("@/components/form/new-vm-form"),
    listUnfinished(),
  ]);
  const deployment = deployments.find(({ deployment_id }) => deployment_id === deploymentId);
  if (deployment === undefined) return null;
  return {
    definition,
    NewVmForm,
    deployment,
    start: startOf(definition.schema, deployment),
    destination: continuationOf(deployment),
  };
}

const CRUMBS = [{ label: "Unfinished deployments", href: "/unfinished" }];

/** The New VM form, filled from the notes of a VM whose deployment was left unfinished. */
export function ContinueDeployment({ deploymentId }: { deploymentId: string }) {
  const [visit, setVisit] = useState(() => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  const { data, error, mutate } = useSWRImmutable(["continue", deploymentId, visit], () =>
    load(deploymentId),
  );
  const name = data ? visibleText(data.deployment.vm_name) : undefined;
  usePageTitle(name && `Continue ${name}`);
  return (
    <div className="max-w-6xl">
      <PageHeader
        title={
          data ? (
            <>
              Continue <VisibleText text={data.deployment.vm_name} />
            </>
          ) : (
            "Continue a deployment"
          )
        }
        breadcrumbs={CRUMBS}
        summary={data ? `On ${data.deployment.host}. It came to ${progressWords(data.deployment)}.` : null}
      />
      {data ? (
        <div className="space-y-4">
          <WhatIsAsked deployment={data.deployment} />
          <data.NewVmForm
            key={visit}
            definition={data.definition}
            start={data.start}
            destination={data.destination}
            onDiscard={() => {
              data.start.draft.clear();
              setVisit(visit + 1);
            }}
          />
        </div>
      ) : null}
      {data === null ? (
        <Empty title="No VM tells of this deployment, or a job is at work on it">
          <TextLink href="/unfinished">See what is unfinished</TextLink>, or{" "}
          <TextLink href="/jobs">what is at work</TextLink>.
        </Empty>
      ) : null}
      {error ? (
        <FailureAlert
          failure={error}
          title="The deployment could not be loaded"
          onRetry={() => void mutate()}
        />
      ) : null}
      {data !== undefined || error ? null : <LoadingRows label="Loading the form" rows={10} />}
    </div>
  );
}

function WhatIsAsked({ deployment }: { deployment: UnfinishedDeployment }) {
  const missing = deployment.missing.map((step) => missingWords(step, deployment));
  return (
    <Alert tone="busy" title="It goes on as it began">
      <p>
        {missing.length === 0
          ? "Nothing is missing but the word that it is complete."
          : `Missing: ${listed(missing.map(inside))}.`}{" "}
        What asks for something that is there cannot be changed; the rest can. Passwords were never kept: type
        them again.
      </p>
    </Alert>
  );
}

/** A phrase within a sentence. */
function inside(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
