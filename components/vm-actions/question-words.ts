import { type ShownRequest, shownRequest } from "@/components/shared/request-texts";
import type { Accepted } from "@/lib/client/resources";
import { clusterVm, powerVm } from "@/lib/client/vm-changes";
import { isPowerAction } from "@/lib/domain/power-actions";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import type { VmChoice } from "./vm-action";

/** What is done by one request, without anything more to be said. */
export type PlainChoice = Exclude<VmChoice, "edit" | "delete">;

export function isPlain(choice: VmChoice): choice is PlainChoice {
  return choice !== "edit" && choice !== "delete";
}

/** What one is asked before it is done. */
export interface Question {
  /** "Turn off web01?" */
  title: string;
  /** On the button that does it. */
  confirm: string;
  /** What is lost by it; null: nothing, and it need not be asked. */
  text: string | null;
  /** It takes something away. */
  danger: boolean;
  request: ShownRequest;
  send: (idempotencyKey: string) => Promise<Accepted>;
}

export function questionOf(choice: PlainChoice, vm: { vm_id: string; vm_name: string }): Question {
  const { vm_id } = vm;
  const path = { vm_id };
  const name = visibleText(vm.vm_name);
  if (isPowerAction(choice)) {
    const { label, confirm } = VM_ACTIONS[choice];
    return {
      title: `${label} ${name}?`,
      confirm: label,
      text: confirm ?? null,
      danger: confirm !== undefined,
      request: shownRequest("POST /vms/{vm_id}/power", { path, body: { action: choice } }),
      send: (key) => powerVm(vm_id, choice, key),
    };
  }
  const adding = choice === "cluster_add";
  const action = adding ? "add" : "remove";
  return {
    title: adding ? `Add ${name} to the cluster?` : `Remove ${name} from the cluster?`,
    confirm: VM_ACTIONS[choice].label,
    text: VM_ACTIONS[choice].confirm ?? null,
    danger: !adding,
    request: shownRequest("POST /vms/{vm_id}/cluster", { path, body: { action } }),
    send: (key) => clusterVm(vm_id, action, key),
  };
}
