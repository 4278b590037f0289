import { useRef, useState } from "react";
import { shownRequest } from "@/components/shared/request-texts";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CONTROL_LOOK, errorId, Field, hintId } from "@/components/ui/field";
import { LoadingRows } from "@/components/ui/loading";
import { RadioList } from "@/components/ui/radio-list";
import { deleteVm } from "@/lib/client/vm-changes";
import { counted, formatBytes } from "@/lib/domain/amounts";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import {
  type AskedVm,
  type BulkDeletionChoice,
  type BulkDeletionProblems,
  confirmation,
  deletionsOf,
  problemsOf,
} from "./bulk-deletion";
import { type BulkVm, planOf } from "./bulk-plan";
import type { BulkOrder } from "./bulk-run";
import { PlannedVms } from "./planned-vms";
import { SampleRequest } from "./sample-request";
import { useDeletionPlans } from "./use-deletion-plans";
import { LeftOutVms } from "./vm-lists";

const FILES_ID = "delete-vms-files";
const TYPED_ID = "delete-vms-typed";
const TURN_OFF_ID = "delete-vms-turn-off";
const NOTHING: BulkDeletionChoice = { turnOff: false, files: null, typed: "" };

const FILE_CHOICES = [
  { value: "keep", label: "Keep them", hint: "They stay where they are, and no VM uses them any more." },
  { value: "delete", label: "Delete them", hint: "What is on them is lost." },
] as const;

interface DeletionQuestionProps {
  vms: readonly BulkVm[];
  onBegin: (order: BulkOrder) => void;
  onClose: () => void;
}

/** What deleting VMs would do, asked of their hosts, and what one must say before it is done. */
export function DeletionQuestion({ vms, onBegin, onClose }: DeletionQuestionProps) {
  // What was asked about stands still: its hosts are asked anew, and not the list.
  const [plan] = useState(() => planOf("delete", vms));
  const [round, setRound] = useState(0);
  const { asked, answered } = useDeletionPlans(plan.able, round);
  const waiting = plan.able.length - answered;
  if (plan.able.length > 0 && waiting > 0) {
    return (
      <div className="space-y-3">
        <p role="status">
          Asking the hosts what would be deleted: {answered} of {counted(plan.able.length, "VM")} answered.
        </p>
        <LoadingRows label="Asking the hosts what would be deleted" rows={4} />
        <div className="flex justify-end">
          <Button onClick={onClose}>Keep the VMs</Button>
        </div>
      </div>
    );
  }
  return (
    <Choice
      asked={asked}
      leftAnyway={plan.left}
      onLookAgain={() => setRound(round + 1)}
      onBegin={onBegin}
      onClose={onClose}
    />
  );
}

interface ChoiceProps extends Omit<DeletionQuestionProps, "vms"> {
  asked: readonly AskedVm[];
  leftAnyway: ReturnType<typeof planOf>["left"];
  onLookAgain: () => void;
}

function Choice({ asked, leftAnyway, onLookAgain, onBegin, onClose }: ChoiceProps) {
  const [choice, setChoice] = useState(NOTHING);
  const [problems, setProblems] = useState<BulkDeletionProblems>({});
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<BulkDeletionChoice>) => setChoice((before) => ({ ...before, ...part }));
  const plan = deletionsOf(asked, choice);
  const on = asked.filter(({ deletion }) => deletion !== null && deletion.plan.state !== "off").length;
  const files = plan.able.flatMap(({ deletion }) => deletion?.plan.files ?? []);
  const bytes = files.reduce((sum, { size_bytes }) => sum + (size_bytes ?? 0), 0);
  const count = counted(plan.able.length, "VM");
  const request = { delete_files: choice.files === "delete", turn_off: choice.turnOff };

  function submit() {
    const found = problemsOf(plan, choice);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      const first = found.files ? `#${FILES_ID} input` : `#${TYPED_ID}`;
      form.current?.querySelector<HTMLElement>(first)?.focus();
      return;
    }
    const versions = new Map(plan.able.map(({ vm, deletion }) => [vm.vm_id, deletion?.version ?? null]));
    onBegin({
      title: `Delete ${count}`,
      kind: "vm.delete",
      vms: plan.able.map(({ vm: { vm_id, vm_name } }) => ({ vm_id, vm_name })),
      send: (vmId, key) => deleteVm(vmId, request, versions.get(vmId) ?? null, key),
    });
  }

  return (
    <form
      ref={form}
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {plan.able.length === 0 ? (
        <p>None of the VMs that you selected can be deleted as it is.</p>
      ) : (
        <PlannedVms vms={plan.able} />
      )}
      {files.length === 0 ? null : (
        <RadioList
          id={FILES_ID}
          label={`Their ${counted(files.length, "file")}, ${formatBytes(bytes)} in all`}
          choices={FILE_CHOICES}
          value={choice.files}
          error={problems.files}
          onChange={(value) => change({ files: value })}
        />
      )}
      {on === 0 ? null : (
        <div>
          <Checkbox
            id={TURN_OFF_ID}
            checked={choice.turnOff}
            aria-describedby={hintId(TURN_OFF_ID)}
            onChange={(turnOff) => change({ turnOff })}
          >
            Turn off first what is not off: {counted(on, "VM")}
          </Checkbox>
          <p id={hintId(TURN_OFF_ID)} className="text-muted text-xs">
            {VM_ACTIONS.turn_off.confirm}
          </p>
        </div>
      )}
      <LeftOutVms left={[...plan.left, ...leftAnyway]} />
      {plan.able.length === 0 ? null : (
        <Field
          id={TYPED_ID}
          label={`Type “${confirmation(plan.able.length)}” to confirm`}
          required
          errors={problems.typed === undefined ? [] : [problems.typed]}
        >
          <input
            id={TYPED_ID}
            type="text"
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={problems.typed !== undefined || undefined}
            aria-describedby={problems.typed === undefined ? undefined : errorId(TYPED_ID)}
            className={CONTROL_LOOK}
            value={choice.typed}
            onChange={(event) => change({ typed: event.target.value })}
          />
        </Field>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep the VMs</Button>
        <Button onClick={onLookAgain}>Look again</Button>
        {plan.able.length === 0 ? null : (
          <Button type="submit" tone="danger">
            Delete {count}
          </Button>
        )}
      </div>
      <SampleRequest
        vms={plan.able}
        requestOf={(vm_id) => shownRequest("DELETE /vms/{vm_id}", { path: { vm_id }, query: request })}
      />
    </form>
  );
}
