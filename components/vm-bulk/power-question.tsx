import { shownRequest } from "@/components/shared/request-texts";
import { Button } from "@/components/ui/button";
import { powerVm } from "@/lib/client/vm-changes";
import { counted } from "@/lib/domain/amounts";
import type { PowerAction } from "@/lib/domain/power-actions";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { type BulkVm, planOf } from "./bulk-plan";
import type { BulkOrder } from "./bulk-run";
import { SampleRequest } from "./sample-request";
import { AbleVms, LeftOutVms } from "./vm-lists";

interface PowerQuestionProps {
  action: PowerAction;
  vms: readonly BulkVm[];
  onBegin: (order: BulkOrder) => void;
  onClose: () => void;
}

/** Which VMs a power action is for, which it leaves out and why, and what is lost by it. */
export function PowerQuestion({ action, vms, onBegin, onClose }: PowerQuestionProps) {
  const { able, left } = planOf(action, vms);
  const { label, confirm } = VM_ACTIONS[action];
  const title = `${label} ${counted(able.length, "VM")}`;

  function begin() {
    onBegin({
      title,
      kind: "vm.power",
      vms: able.map(({ vm: { vm_id, vm_name } }) => ({ vm_id, vm_name })),
      send: (vmId, key) => powerVm(vmId, action, key),
    });
  }

  return (
    <div className="space-y-4">
      {able.length === 0 ? (
        <p>None of the VMs that you selected can take this action now.</p>
      ) : (
        <>
          {confirm === undefined ? null : <p>{confirm}</p>}
          <AbleVms label={`VMs: ${label}`} vms={able} />
        </>
      )}
      <LeftOutVms left={left} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{able.length === 0 ? "Close" : "Leave them as they are"}</Button>
        {able.length === 0 ? null : (
          <Button tone={confirm === undefined ? "primary" : "danger"} onClick={begin}>
            {title}
          </Button>
        )}
      </div>
      <SampleRequest
        vms={able}
        requestOf={(vm_id) => shownRequest("POST /vms/{vm_id}/power", { path: { vm_id }, body: { action } })}
      />
    </div>
  );
}
