"use client";

import { OnDemand } from "@/components/shared/on-demand";
import { Dialog } from "@/components/ui/dialog";
import { LoadingRows } from "@/components/ui/loading";
import type { SubjectDialog } from "@/components/ui/use-subject-dialog";
import type { VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";

const loading = <LoadingRows label="Loading" rows={4} />;

/** Nobody needs them on most visits, and the form library is large. */
const loadAddDisk = () => import("./add-disk").then((module) => module.AddDisk);
const loadGrowDisk = () => import("./grow-disk").then((module) => module.GrowDisk);
const loadRemoveDisk = () => import("./remove-disk").then((module) => module.RemoveDisk);

/** What is done to a VM's disks, and to which. */
export type DiskSubject = { kind: "add" } | { kind: "grow" | "remove"; diskId: string; name: string };

interface DiskDialogProps {
  vm: VmView;
  dialog: SubjectDialog<DiskSubject>;
  /** What has the focus once the disk that one came from is removed. */
  fallback: () => HTMLElement | null;
}

/** The dialog of one change of a VM's disks. */
export function DiskDialog({ vm, dialog, fallback }: DiskDialogProps) {
  const { subject, close } = dialog;
  return (
    <Dialog
      title={subject === null ? "" : titleOf(subject)}
      description={`${visibleText(vm.vm_name)} on ${vm.host}`}
      holdsInput
      width="form"
      open={dialog.open}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      finalFocus={dialog.finalFocus}
    >
      {subject === null ? null : subject.kind === "add" ? (
        <OnDemand
          load={loadAddDisk}
          props={{ vm, onDone: () => close() }}
          missing="The form cannot be shown"
          loading={loading}
        />
      ) : subject.kind === "grow" ? (
        <OnDemand
          load={loadGrowDisk}
          props={{ vm, diskId: subject.diskId, onDone: () => close() }}
          missing="The form cannot be shown"
          loading={loading}
        />
      ) : (
        <OnDemand
          load={loadRemoveDisk}
          props={{ vm, diskId: subject.diskId, onDone: (taken) => close(taken ? fallback() : undefined) }}
          missing="The disk cannot be removed now"
          loading={loading}
        />
      )}
    </Dialog>
  );
}

function titleOf(subject: DiskSubject): string {
  if (subject.kind === "add") return "Add disk";
  const name = visibleText(subject.name);
  return subject.kind === "grow" ? `Grow ${name}` : `Remove ${name}?`;
}
