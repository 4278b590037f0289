"use client";

import { useRef, useState } from "react";
import useSWR from "swr";
import { FailureAlert } from "@/components/shared/failure-alert";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { VisibleText } from "@/components/shared/visible-text";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CONTROL_LOOK, errorId, Field } from "@/components/ui/field";
import { LoadingRows } from "@/components/ui/loading";
import { useJobStart } from "@/lib/client/use-job-start";
import { type Deletion, deleteVm, planDeletion, type VmDeletionRequest } from "@/lib/client/vm-changes";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { DeletionFiles } from "./deletion-files";
import { type DeletionChoice, type DeletionProblems, problemsOf, refusalOfPlan } from "./deletion-problems";

const NAME_ID = "delete-vm-name";
const TURN_OFF_ID = "delete-vm-turn-off";
const NOTHING: DeletionChoice = { turnOff: false, files: null, name: "" };

interface DeleteVmProps {
  vmId: string;
  onClose: () => void;
}

/** What deleting a VM would do, asked of its host when this is opened, and what one must say before it is done. */
export function DeleteVm({ vmId, onClose }: DeleteVmProps) {
  const { data, error, isValidating, mutate } = useSWR(["deletion", vmId], () => planDeletion(vmId), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    revalidateIfStale: true,
    shouldRetryOnError: false,
    dedupingInterval: 0,
  });
  const [choice, setChoice] = useState(NOTHING);
  const change = (part: Partial<DeletionChoice>) => setChoice((before) => ({ ...before, ...part }));

  if (error) {
    return (
      <FailureAlert
        failure={error}
        title="What would be deleted could not be read"
        onRetry={() => void mutate()}
      />
    );
  }
  // An earlier answer is not shown again: files may be others by now.
  if (data === undefined || isValidating) {
    return <LoadingRows label="Asking the host what would be deleted" rows={6} />;
  }
  return (
    <Deleting
      deletion={data}
      choice={choice}
      onChange={change}
      onLookAgain={() => void mutate()}
      onClose={onClose}
    />
  );
}

const requestOf = ({ files, turnOff }: DeletionChoice): VmDeletionRequest => ({
  delete_files: files === "delete",
  turn_off: turnOff,
});

interface DeletingProps {
  deletion: Deletion;
  choice: DeletionChoice;
  onChange: (part: Partial<DeletionChoice>) => void;
  onLookAgain: () => void;
  onClose: () => void;
}

function Deleting({ deletion, choice, onChange, onLookAgain, onClose }: DeletingProps) {
  const { vm, version, plan } = deletion;
  const [problems, setProblems] = useState<DeletionProblems>({});
  const { pending, failure, run } = useJobStart(vm.vm_id);
  const form = useRef<HTMLFormElement>(null);
  const refusal = refusalOfPlan(plan);

  async function submit() {
    const found = problemsOf(vm.vm_name, plan, choice);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      const first = found.turnOff ? TURN_OFF_ID : found.files ? "delete-vm-files" : NAME_ID;
      const at = form.current?.querySelector<HTMLElement>(`#${first}`);
      (at instanceof HTMLInputElement ? at : at?.querySelector("input"))?.focus();
      return;
    }
    const request = requestOf(choice);
    const taken = await run([request, version], (key) => deleteVm(vm.vm_id, request, version, key));
    if (taken) onClose();
  }

  return (
    <form
      ref={form}
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {refusal === null ? null : (
        <Alert tone="bad" title="It cannot be deleted now">
          {refusal}
        </Alert>
      )}
      {plan.cluster_role === null ? null : (
        <p>
          Its role{" "}
          <strong>
            <VisibleText text={plan.cluster_role} />
          </strong>{" "}
          is removed from the cluster first.
        </p>
      )}
      <DeletionFiles
        id="delete-vm-files"
        plan={plan}
        value={choice.files}
        error={problems.files}
        onChange={(files) => onChange({ files })}
      />
      {refusal === null ? (
        <>
          {plan.state === "off" ? null : (
            <div>
              <Checkbox
                id={TURN_OFF_ID}
                checked={choice.turnOff}
                aria-invalid={problems.turnOff !== undefined || undefined}
                aria-describedby={`${TURN_OFF_ID}__hint ${errorId(TURN_OFF_ID)}`}
                onChange={(turnOff) => onChange({ turnOff })}
              >
                Turn it off first: it is {plan.state}
              </Checkbox>
              <p id={`${TURN_OFF_ID}__hint`} className="text-muted text-xs">
                {plan.state === "saved"
                  ? "What the guest had in memory is lost."
                  : VM_ACTIONS.turn_off.confirm}
              </p>
              <p id={errorId(TURN_OFF_ID)} aria-live="polite" className="text-bad">
                {problems.turnOff}
              </p>
            </div>
          )}
          <Field
            id={NAME_ID}
            label={`Type ${visibleText(vm.vm_name)} to confirm`}
            required
            errors={problems.name === undefined ? [] : [problems.name]}
          >
            <input
              id={NAME_ID}
              type="text"
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-invalid={problems.name !== undefined || undefined}
              aria-describedby={problems.name === undefined ? undefined : errorId(NAME_ID)}
              className={CONTROL_LOOK}
              value={choice.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          </Field>
        </>
      ) : null}
      {failure ? (
        <FailureAlert failure={failure} title="The VM was not deleted">
          <Button onClick={onLookAgain}>Look again</Button>
        </FailureAlert>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep the VM</Button>
        {refusal === null ? (
          <Button type="submit" tone="danger" pending={pending}>
            Delete VM
          </Button>
        ) : (
          <Button onClick={onLookAgain}>Look again</Button>
        )}
      </div>
      {refusal === null ? (
        <RequestTextsFold
          request={shownRequest(
            "DELETE /vms/{vm_id}",
            { path: { vm_id: vm.vm_id }, query: requestOf(choice) },
            { version },
          )}
        />
      ) : null}
    </form>
  );
}
