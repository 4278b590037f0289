"use client";

import { useRef, useState } from "react";
import useSWR from "swr";
import { FailureAlert } from "@/components/shared/failure-alert";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { VisibleText } from "@/components/shared/visible-text";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CONTROL_LOOK, errorId, Field } from "@/components/ui/field";
import { LoadingRows } from "@/components/ui/loading";
import { refusalOfPlan } from "@/components/vm-actions/deletion-problems";
import { removeDeployment } from "@/lib/client/unfinished";
import { useJobStart } from "@/lib/client/use-job-start";
import { type Deletion, planDeletion } from "@/lib/client/vm-changes";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { isTypedAs, visibleText } from "@/lib/domain/visible-text";
import { WhatGoes } from "./what-goes";

const NAME_ID = "remove-deployment-name";

interface RemoveDeploymentProps {
  deployment: UnfinishedDeployment;
  onClose: () => void;
}

/** What removing an unfinished deployment would delete, asked of its host, and the VM's name before it is done. */
export function RemoveDeployment({ deployment, onClose }: RemoveDeploymentProps) {
  const { data, error, isValidating, mutate } = useSWR(
    ["removal", deployment.deployment_id],
    () => planDeletion(deployment.vm_id),
    {
      revalidateOnFocus: false,
      revalidateOnReconnect: false,
      revalidateIfStale: true,
      shouldRetryOnError: false,
      dedupingInterval: 0,
    },
  );
  if (error) {
    return (
      <FailureAlert
        failure={error}
        title="What would be deleted could not be read"
        onRetry={() => void mutate()}
      />
    );
  }
  if (data === undefined || isValidating) {
    return <LoadingRows label="Asking the host what would be deleted" rows={6} />;
  }
  return (
    <Removing deployment={deployment} deletion={data} onLookAgain={() => void mutate()} onClose={onClose} />
  );
}

interface RemovingProps extends RemoveDeploymentProps {
  deletion: Deletion;
  onLookAgain: () => void;
}

function Removing({ deployment, deletion: { vm, plan }, onLookAgain, onClose }: RemovingProps) {
  const { deployment_id } = deployment;
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const { pending, failure, run } = useJobStart(vm.vm_id);
  const field = useRef<HTMLInputElement>(null);
  const refusal = refusalOfPlan(plan) ?? refusalOfFiles(plan);

  async function submit() {
    if (!isTypedAs(typed, vm.vm_name)) {
      setProblem(`Type the name as it is: ${visibleText(vm.vm_name)}`);
      field.current?.focus();
      return;
    }
    if (await run(deployment_id, (key) => removeDeployment(deployment_id, key))) onClose();
  }

  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {refusal === null ? null : (
        <Alert tone="bad" title="It cannot be removed now">
          {refusal}
        </Alert>
      )}
      <WhatGoes deployment={deployment} vm={vm} plan={plan} />
      {refusal === null ? (
        <Field
          id={NAME_ID}
          label={`Type ${visibleText(vm.vm_name)} to confirm`}
          required
          errors={problem === null ? [] : [problem]}
        >
          <input
            ref={field}
            id={NAME_ID}
            type="text"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={problem !== null || undefined}
            aria-describedby={problem === null ? undefined : errorId(NAME_ID)}
            className={CONTROL_LOOK}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setProblem(null);
            }}
          />
        </Field>
      ) : null}
      {failure ? (
        <FailureAlert failure={failure} title="Nothing was removed">
          <Button onClick={onLookAgain}>Look again</Button>
        </FailureAlert>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        {refusal === null ? (
          <Button type="submit" tone="danger" pending={pending}>
            Remove <VisibleText text={vm.vm_name} />
          </Button>
        ) : (
          <Button onClick={onLookAgain}>Look again</Button>
        )}
      </div>
      <RequestTextsFold
        request={shownRequest("DELETE /managed-deployments/unfinished/{deployment_id}", {
          path: { deployment_id },
        })}
      />
    </form>
  );
}

/** Removing takes everything or nothing. */
function refusalOfFiles({ files, next }: Deletion["plan"]): string | null {
  if (files.every(({ deletable }) => deletable)) return null;
  return next ?? "Not all of its files can be deleted, as is said below.";
}
