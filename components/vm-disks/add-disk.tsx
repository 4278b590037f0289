"use client";

import { AddForm } from "@/components/component-form/add-form";
import { shownRequest } from "@/components/shared/request-texts";
import { addDisk } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";

interface AddDiskProps {
  vm: VmView;
  onDone: (taken: boolean) => void;
}

/** One disk more: blank, or a clone of an image. */
export function AddDisk({ vm, onDone }: AddDiskProps) {
  const { vm_id } = vm;
  return (
    <AddForm
      body="disk-spec"
      vm={vm}
      intro="The guest finds it as a new disk: a blank one is to be initialized and formatted there."
      send={(body, key) => addDisk(vm_id, body, key)}
      request={(body) => shownRequest("POST /vms/{vm_id}/disks", { path: { vm_id }, body })}
      failed="The disk was not added"
      submit="Add disk"
      onDone={onDone}
    />
  );
}
