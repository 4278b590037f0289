import type { ErrorCode } from "@/lib/domain/error-codes";
import type { VmView } from "@/lib/domain/inventory";
import { POWER_ACTIONS } from "@/lib/domain/power-actions";
import { refusalOf, VM_ACTIONS, type VmAction } from "@/lib/domain/vm-actions";
import type { Refusal } from "./refusal";

const POWER: ReadonlySet<VmAction> = new Set(POWER_ACTIONS);

/**
 * What the VM's state says against an action, as its host last told it. The last-known state of a host that does
 * not answer says nothing.
 *
 * @param pointer of the field that asks for the action; `""`: the request as a whole
 */
export function stateRefusals(action: VmAction, vm: VmView, pointer: string): Refusal[] {
  const message = vm.stale || vm.missing_since !== null ? null : refusalOf(action, vm);
  return message === null ? [] : [{ code: codeOf(action, vm), pointer, message }];
}

function codeOf(action: VmAction, vm: VmView): ErrorCode {
  if (VM_ACTIONS[action].noCheckpoints && vm.checkpoints > 0) return "vm_has_checkpoints";
  return POWER.has(action) ? "power_action_not_allowed" : "vm_not_off";
}
