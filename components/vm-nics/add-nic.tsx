"use client";

import { AddForm } from "@/components/component-form/add-form";
import { shownRequest } from "@/components/shared/request-texts";
import { addNic } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";

interface AddNicProps {
  vm: VmView;
  onDone: (taken: boolean) => void;
}

/** One network adapter more. Its guest is told nothing of addresses: it asks DHCP, or is set up there. */
export function AddNic({ vm, onDone }: AddNicProps) {
  const { vm_id } = vm;
  return (
    <AddForm
      body="nic-spec"
      vm={vm}
      intro="The guest finds it as a new adapter, and asks DHCP for its address unless somebody sets one there."
      send={(body, key) => addNic(vm_id, body, key)}
      request={(body) => shownRequest("POST /vms/{vm_id}/nics", { path: { vm_id }, body })}
      failed="The adapter was not added"
      submit="Add adapter"
      onDone={onDone}
    />
  );
}
