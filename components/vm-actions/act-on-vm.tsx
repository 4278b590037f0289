"use client";

import { useEffect, useRef, useState } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { OnDemand } from "@/components/shared/on-demand";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LoadingRows } from "@/components/ui/loading";
import { useJobStart } from "@/lib/client/use-job-start";
import { visibleText } from "@/lib/domain/visible-text";
import { isPlain, type PlainChoice, questionOf } from "./question-words";
import type { VmChoice } from "./vm-action";

const loading = <LoadingRows label="Loading" rows={4} />;
/** The form library is large, and who turns a VM off needs neither. */
const loadEditVm = () => import("./edit-vm").then((module) => module.EditVm);
const loadDeleteVm = () => import("./delete-vm").then((module) => module.DeleteVm);

/** What was chosen for a VM. */
export interface VmChosen {
  choice: VmChoice;
  vm: { vm_id: string; vm_name: string; host: string };
}

interface ActOnVmProps {
  chosen: VmChosen;
  onDone: () => void;
  /** What has the focus afterwards. */
  finalFocus?: () => HTMLElement | null;
}

/**
 * Does what was chosen for a VM, wherever one is: asks first where something is lost by it, and shows why the
 * server did not take it. Give it another `key` with each choice.
 */
export function ActOnVm({ chosen: { choice, vm }, onDone, finalFocus }: ActOnVmProps) {
  // It stays there while it fades.
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  const common = {
    open,
    onOpenChange: setOpen,
    onClosed: onDone,
    ...(finalFocus ? { finalFocus } : {}),
  };
  if (isPlain(choice)) return <Plain choice={choice} vm={vm} common={common} close={close} onDone={onDone} />;
  if (choice === "edit") {
    return (
      <Dialog
        title={`Edit ${visibleText(vm.vm_name)}`}
        description={`On ${vm.host}`}
        holdsInput
        width="form"
        {...common}
      >
        <OnDemand
          load={loadEditVm}
          props={{ vm, onDone: close }}
          missing="The form cannot be shown"
          loading={loading}
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={`Delete ${visibleText(vm.vm_name)}?`}
      description={`From ${vm.host}, for good.`}
      width="wide"
      {...common}
    >
      <OnDemand
        load={loadDeleteVm}
        props={{ vmId: vm.vm_id, onClose: close }}
        missing="The VM cannot be deleted now"
        loading={loading}
      />
    </Dialog>
  );
}

interface PlainProps extends Pick<ActOnVmProps, "onDone"> {
  choice: PlainChoice;
  vm: VmChosen["vm"];
  common: Omit<Parameters<typeof Dialog>[0], "title" | "children">;
  close: () => void;
}

function Plain({ choice, vm, common, close, onDone }: PlainProps) {
  const { title, confirm, text, danger, request, send } = questionOf(choice, vm);
  const { pending, failure, run } = useJobStart(vm.vm_id);
  const begun = useRef(false);
  const ask = text !== null;

  async function act() {
    if (!(await run(choice, send))) return;
    if (ask) close();
    else onDone();
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what need not be asked is done once
  useEffect(() => {
    if (ask || begun.current) return;
    begun.current = true;
    void act();
  }, []);

  if (!ask && failure === null) return null;
  return (
    <Dialog title={title} {...common}>
      <div className="space-y-4">
        {ask ? <p>{text}</p> : null}
        {failure ? <FailureAlert failure={failure} title={`Not done: ${confirm}`} /> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={close}>Leave it as it is</Button>
          <Button tone={danger ? "danger" : "primary"} pending={pending} onClick={() => void act()}>
            {failure ? "Try again" : confirm}
          </Button>
        </div>
        <RequestTextsFold request={request} />
      </div>
    </Dialog>
  );
}
