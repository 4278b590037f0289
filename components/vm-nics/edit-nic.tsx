"use client";

import { useMemo } from "react";
import { EditForm } from "@/components/component-form/edit-form";
import { shownRequest } from "@/components/shared/request-texts";
import { StateFirst } from "@/components/vm-actions/state-first";
import { changeNic, readNic } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";
import { fixedFields, valuesOfNic } from "./nic-changes";

interface EditNicProps {
  vm: VmView;
  nicId: string;
  onDone: (taken: boolean) => void;
  /** One goes to change the VM's state. */
  onLeave: (to: HTMLElement | null) => void;
}

/** What can be changed of a network adapter: its network, its name, its MAC address. */
export function EditNic({ vm, nicId, onDone, onLeave }: EditNicProps) {
  const { vm_id } = vm;
  const path = { vm_id, nic_id: nicId };
  const unavailable = useMemo(() => fixedFields(vm), [vm]);
  return (
    <EditForm
      body="nic-update"
      vm={vm}
      what="network adapter"
      id={nicId}
      read={() => readNic(vm_id, nicId)}
      valuesOf={valuesOfNic}
      unavailable={unavailable}
      intro={() =>
        Object.keys(unavailable).length === 0 ? null : <StateFirst state={vm.state} onLeave={onLeave} />
      }
      send={(body, version, key) => changeNic(vm_id, nicId, body, version, key)}
      request={(body, version) =>
        shownRequest("PATCH /vms/{vm_id}/nics/{nic_id}", { path, body }, { version })
      }
      failed="The adapter was not changed"
      submit="Save changes"
      onDone={onDone}
    />
  );
}
