import type { VmRecord, VmState } from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import type { Change, Operation } from "../operation";
import type { ServiceParts } from "../prepared-job";
import { stateRefusals } from "../state-check";
import type { ExistingTarget } from "../target";
import { versionOfVm } from "../version";
import { vmIn } from "../vm-parts";

/** The guest decides when it is done: later than any read that is waited for. */
const BY_THE_GUEST: ReadonlySet<PowerAction> = new Set(["shutdown", "restart"]);

/** One power action. */
export function powerVm(
  { hypervisor, inventory }: ServiceParts,
  target: ExistingTarget,
  action: PowerAction,
): Operation<VmState> {
  const { host, vm_id, vm_name } = target;
  const { label, afterwards, repeats } = VM_ACTIONS[action];
  const change = (vm_state: VmState): Change => {
    return { vm: { vm_id, vm_name }, outputs: { vm_id, vm_state }, created: [] };
  };
  return {
    kind: "vm.power",
    target,
    request: { action },
    versionOf: versionOfVm,
    refusals: () => stateRefusals(action, inventory.vm(vm_id), "/action"),
    intent: `${label}: VM ${vm_name} on ${host}.`,
    send: (call) => hypervisor.powerVm(host, vm_id, action, call),
    done: (state) => ({ ...change(state), words: `VM ${vm_name} is ${state}.` }),
    evidence: () => {
      const began = Date.now();
      const isDone = (vm: VmRecord) =>
        vm.state === afterwards && (repeats !== true || vm.uptime_ms <= Date.now() - began);
      return {
        find: ({ vms }) => {
          const vm = vmIn(vms, vm_id);
          return vm !== undefined && isDone(vm) ? change(vm.state) : null;
        },
        absence: BY_THE_GUEST.has(action) ? null : `VM ${vm_name} is not ${afterwards ?? "so"} since then`,
      };
    },
  };
}
