"use client";

import { OnDemand } from "@/components/shared/on-demand";
import { Dialog } from "@/components/ui/dialog";
import { LoadingRows } from "@/components/ui/loading";
import type { SubjectDialog } from "@/components/ui/use-subject-dialog";
import type { VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";

const loading = <LoadingRows label="Loading" rows={4} />;

/** Nobody needs them on most visits, and the form library is large. */
const loadAddNic = () => import("./add-nic").then((module) => module.AddNic);
const loadEditNic = () => import("./edit-nic").then((module) => module.EditNic);
const loadRemoveNic = () => import("./remove-nic").then((module) => module.RemoveNic);

/** What is done to a VM's network adapters, and to which. */
export type NicSubject = { kind: "add" } | { kind: "edit" | "remove"; nicId: string; name: string };

interface NicDialogProps {
  vm: VmView;
  dialog: SubjectDialog<NicSubject>;
  /** What has the focus once the adapter that one came from is removed. */
  fallback: () => HTMLElement | null;
}

/** The dialog of one change of a VM's network adapters. */
export function NicDialog({ vm, dialog, fallback }: NicDialogProps) {
  const { subject, close } = dialog;
  return (
    <Dialog
      title={subject === null ? "" : titleOf(subject)}
      description={`${visibleText(vm.vm_name)} on ${vm.host}`}
      holdsInput={subject?.kind !== "remove"}
      width="form"
      open={dialog.open}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      finalFocus={dialog.finalFocus}
    >
      {subject === null ? null : subject.kind === "add" ? (
        <OnDemand
          load={loadAddNic}
          props={{ vm, onDone: () => close() }}
          missing="The form cannot be shown"
          loading={loading}
        />
      ) : subject.kind === "edit" ? (
        <OnDemand
          load={loadEditNic}
          props={{ vm, nicId: subject.nicId, onDone: () => close(), onLeave: close }}
          missing="The form cannot be shown"
          loading={loading}
        />
      ) : (
        <OnDemand
          load={loadRemoveNic}
          props={{ vm, nicId: subject.nicId, onDone: (taken) => close(taken ? fallback() : undefined) }}
          missing="The adapter cannot be removed now"
          loading={loading}
        />
      )}
    </Dialog>
  );
}

function titleOf(subject: NicSubject): string {
  if (subject.kind === "add") return "Add network adapter";
  const name = visibleText(subject.name);
  return subject.kind === "edit" ? `Edit ${name}` : `Remove ${name}?`;
}
