"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { OnDemand } from "@/components/shared/on-demand";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LoadingRows } from "@/components/ui/loading";
import type { VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";
import { PowerMenu } from "./power-menu";
import type { Power } from "./use-power";

/** Nobody needs it on most visits. */
const loadDeleteVm = () => import("./delete-vm").then((module) => module.DeleteVm);

/** So is the form library, and it is large. */
const loadEditVm = () => import("./edit-vm").then((module) => module.EditVm);

const loading = <LoadingRows label="Loading" rows={4} />;

interface VmActionsProps {
  vm: VmView;
  power: Power;
}

/** What can be done with a VM as a whole. */
export function VmActions({ vm, power }: VmActionsProps) {
  const [deleting, setDeleting] = useState(false);
  const [editing, setEditing] = useState(false);
  /** Where an edit leads to instead of back to its button. */
  const led = useRef<HTMLElement | null>(null);

  function edit(open: boolean, to: HTMLElement | null = null) {
    led.current = to;
    setEditing(open);
  }
  return (
    <>
      <PowerMenu vm={vm} pending={power.pending} onPower={power.act} />
      <Dialog
        title={`Edit ${visibleText(vm.vm_name)}`}
        description={`On ${vm.host}`}
        holdsInput
        width="form"
        open={editing}
        onOpenChange={(open) => edit(open)}
        finalFocus={() => led.current}
        trigger={
          <Button>
            <Pencil aria-hidden="true" className="size-4 text-muted" />
            Edit
          </Button>
        }
      >
        <OnDemand
          load={loadEditVm}
          props={{ vm, onDone: () => edit(false), onLeave: (to) => edit(false, to) }}
          missing="The form cannot be shown"
          loading={loading}
        />
      </Dialog>
      <Dialog
        title={`Delete ${visibleText(vm.vm_name)}?`}
        description={`From ${vm.host}, for good.`}
        width="wide"
        open={deleting}
        onOpenChange={setDeleting}
        trigger={
          <Button tone="danger">
            <Trash2 aria-hidden="true" className="size-4" />
            Delete
          </Button>
        }
      >
        <OnDemand
          load={loadDeleteVm}
          props={{ vmId: vm.vm_id, onClose: () => setDeleting(false) }}
          missing="The VM cannot be deleted now"
          loading={loading}
        />
      </Dialog>
    </>
  );
}
