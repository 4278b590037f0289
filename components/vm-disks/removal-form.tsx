"use client";

import { useRef, useState } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { shownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { Button } from "@/components/ui/button";
import { CONTROL_LOOK, errorId, Field } from "@/components/ui/field";
import { useJobStart } from "@/lib/client/use-job-start";
import type { Versioned } from "@/lib/client/versioned";
import { type DiskRemoval, removeDisk } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { fileNameOf } from "./file-name";
import { RemovalFile } from "./removal-file";
import { type RemovalChoice, type RemovalProblems, removalProblems } from "./removal-problems";

const FILE_ID = "remove-disk-file";
const NAME_ID = "remove-disk-name";
const NOTHING: RemovalChoice = { file: null, name: "" };

interface RemovalFormProps {
  vm: VmView;
  removal: Versioned<DiskRemoval>;
  onLookAgain: () => void;
  onDone: (taken: boolean) => void;
}

/** What one must say before a disk is removed. */
export function RemovalForm({ vm, removal, onLookAgain, onDone }: RemovalFormProps) {
  const { content, version } = removal;
  const { disk, file } = content;
  const path = { vm_id: vm.vm_id, disk_id: disk.disk_id ?? "" };
  const name = fileNameOf(disk.path);
  const [choice, setChoice] = useState(NOTHING);
  const [problems, setProblems] = useState<RemovalProblems>({});
  const { pending, failure, run } = useJobStart(vm.vm_id);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<RemovalChoice>) => {
    setChoice((before) => ({ ...before, ...part }));
    setProblems({});
  };

  async function submit() {
    const found = removalProblems(name, file, choice);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      const first = found.file ? `#${FILE_ID} input` : `#${NAME_ID}`;
      form.current?.querySelector<HTMLInputElement>(first)?.focus();
      return;
    }
    const deleted = choice.file === "delete";
    const call = (key: string) => removeDisk(path.vm_id, path.disk_id, deleted, version, key);
    if (await run([deleted, version], call)) onDone(true);
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
      {vm.disks[0]?.disk_id === disk.disk_id ? (
        <p className="text-warn">It is the VM’s first disk: the guest probably starts from it.</p>
      ) : null}
      <p>
        {vm.state === "off"
          ? "The VM no longer has the disk when it is started next."
          : VM_ACTIONS.disk_remove.confirm}
      </p>
      <RemovalFile
        id={FILE_ID}
        removal={content}
        value={choice.file}
        error={problems.file}
        onChange={(value) => change({ file: value })}
      />
      {choice.file === "delete" ? (
        <Field
          id={NAME_ID}
          label={`Type ${visibleText(name)} to confirm`}
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
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
      ) : null}
      {failure ? (
        <FailureAlert failure={failure} title="The disk was not removed">
          <Button onClick={onLookAgain}>Look again</Button>
        </FailureAlert>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onDone(false)}>Keep the disk</Button>
        <Button type="submit" tone="danger" pending={pending}>
          Remove disk
        </Button>
      </div>
      {choice.file === null ? null : (
        <RequestTextsFold
          request={shownRequest(
            "DELETE /vms/{vm_id}/disks/{disk_id}",
            { path, query: { delete_file: choice.file === "delete" } },
            { version },
          )}
        />
      )}
    </form>
  );
}
