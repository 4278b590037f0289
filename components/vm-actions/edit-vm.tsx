"use client";

import { EditForm } from "@/components/component-form/edit-form";
import { shownRequest } from "@/components/shared/request-texts";
import { changeVm, readVmNow } from "@/lib/client/vm-changes";
import type { VmView } from "@/lib/domain/inventory";
import { StateFirst } from "./state-first";
import { fixedFields, judgeEdit, statesFirst, valuesOfVm } from "./vm-edits";

interface EditVmProps {
  vm: Pick<VmView, "vm_id" | "host">;
  onDone: (taken: boolean) => void;
  /** One goes to change the VM's state, where the page can do that. */
  onLeave?: (to: HTMLElement | null) => void;
}

/** What can be changed of a VM itself: its name, its memory, its processors. */
export function EditVm({ vm, onDone, onLeave }: EditVmProps) {
  const { vm_id } = vm;
  const path = { vm_id };
  return (
    <EditForm
      body="vm-update"
      vm={vm}
      what="VM"
      id={vm_id}
      read={() => readVmNow(vm_id)}
      valuesOf={valuesOfVm}
      unavailable={fixedFields}
      judge={judgeEdit}
      intro={(now) => <StateFirst state={now.state} reasons={statesFirst(now)} onLeave={onLeave} />}
      send={(body, version, key) => changeVm(vm_id, body, version, key)}
      request={(body, version) => shownRequest("PATCH /vms/{vm_id}", { path, body }, { version })}
      failed="The VM was not changed"
      submit="Save changes"
      onDone={onDone}
    />
  );
}
