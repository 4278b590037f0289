"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { ActionButton } from "@/components/ui/action-button";
import { Empty } from "@/components/ui/empty";
import { useSubjectDialog } from "@/components/ui/use-subject-dialog";
import { unavailable } from "@/components/vm-actions/unavailable";
import { NicDialog, type NicSubject } from "@/components/vm-nics/nic-dialog";
import { NicTable } from "@/components/vm-nics/nic-table";
import { useAskedByAddress } from "@/lib/client/address";
import type { VmView } from "@/lib/domain/inventory";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";

/** A VM's network adapters, and what can be done with them. */
export function VmNics({ vm }: { vm: VmView }) {
  const dialog = useSubjectDialog<NicSubject>();
  const add = useRef<HTMLButtonElement>(null);
  const whyNotAdd = unavailable("nic_add", vm);
  const show = () => dialog.show({ kind: "add" }, add.current);
  useAskedByAddress("nic_add", () => {
    if (whyNotAdd === undefined) show();
  });
  return (
    <div className="space-y-3">
      <ActionButton
        ref={add}
        label={VM_ACTIONS.nic_add.label}
        Icon={Plus}
        unavailable={whyNotAdd}
        onPress={show}
      />
      {vm.nics.length === 0 ? (
        <Empty title="No network adapters">The VM is in no network.</Empty>
      ) : (
        <NicTable vm={vm} show={dialog.show} />
      )}
      <NicDialog vm={vm} dialog={dialog} fallback={() => add.current} />
    </div>
  );
}
