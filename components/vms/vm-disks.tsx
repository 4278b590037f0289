"use client";

import { Plus } from "lucide-react";
import { useRef } from "react";
import { ActionButton } from "@/components/ui/action-button";
import { Alert } from "@/components/ui/alert";
import { Empty } from "@/components/ui/empty";
import { useSubjectDialog } from "@/components/ui/use-subject-dialog";
import { unavailable } from "@/components/vm-actions/unavailable";
import { DiskDialog, type DiskSubject } from "@/components/vm-disks/disk-dialog";
import { DiskTable } from "@/components/vm-disks/disk-table";
import { useAskedByAddress } from "@/lib/client/address";
import type { HostView, VmView } from "@/lib/domain/inventory";
import { refusalOf, VM_ACTIONS } from "@/lib/domain/vm-actions";

/** A VM's virtual disks, and what can be done with them. */
export function VmDisks({ vm, host }: { vm: VmView; host: HostView | undefined }) {
  const dialog = useSubjectDialog<DiskSubject>();
  const add = useRef<HTMLButtonElement>(null);
  const whyNotAdd = unavailable("disk_add", vm);
  const show = () => dialog.show({ kind: "add" }, add.current);
  useAskedByAddress("disk_add", () => {
    if (whyNotAdd === undefined) show();
  });
  return (
    <div className="space-y-3">
      {vm.checkpoints > 0 && vm.disks.length > 0 ? (
        <Alert tone="warn" title="Its disks cannot be grown or removed now">
          <p>{refusalOf("disk_grow", vm)}</p>
        </Alert>
      ) : null}
      <ActionButton
        ref={add}
        label={VM_ACTIONS.disk_add.label}
        Icon={Plus}
        unavailable={whyNotAdd}
        onPress={show}
      />
      {vm.disks.length === 0 ? (
        <Empty title="No disks">The VM has no virtual hard disk.</Empty>
      ) : (
        <DiskTable vm={vm} host={host} show={dialog.show} />
      )}
      <DiskDialog vm={vm} dialog={dialog} fallback={() => add.current} />
    </div>
  );
}
