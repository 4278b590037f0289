import { duplicateAddress, vmAddress } from "@/components/shared/addresses";
import { unavailable } from "@/components/vm-actions/unavailable";
import { type ChosenVm, type VmChoice, whyUnavailable } from "@/components/vm-actions/vm-action";
import { POWER_ACTIONS } from "@/lib/domain/power-actions";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import type { Entry } from "./entries";

/** Words by which actions are also found. */
const ALSO: Partial<Record<VmChoice | "disk_add" | "nic_add" | "duplicate", string>> = {
  start: "power boot run",
  shutdown: "power stop halt",
  turn_off: "power kill cut",
  restart: "power reboot",
  reset: "power",
  pause: "power suspend",
  resume: "power continue",
  save: "power hibernate",
  edit: "change rename memory processors cpu resize",
  disk_add: "new vhdx storage",
  nic_add: "new nic interface",
  duplicate: "copy clone",
  cluster_add: "high availability role",
  cluster_remove: "high availability role",
  delete: "remove destroy",
};

/** What can be done with a VM, each under a name of its own: "Shut down: web01". What cannot be done now says why. */
export function actionEntries(vm: ChosenVm): Entry[] {
  const acts = (choice: VmChoice, label: string) =>
    entry(vm, choice, label, { choice, vm }, whyUnavailable(choice, vm));
  const goes = (key: "disk_add" | "nic_add", tab: string) =>
    entry(
      vm,
      key,
      VM_ACTIONS[key].label,
      { href: `${vmAddress(vm.vm_id)}?tab=${tab}&do=${key}` },
      unavailable(key, vm),
    );
  return [
    ...POWER_ACTIONS.map((action) => acts(action, VM_ACTIONS[action].label)),
    acts("edit", "Edit"),
    goes("disk_add", "disks"),
    goes("nic_add", "nics"),
    acts(...clusterChoice(vm)),
    entry(vm, "duplicate", "Duplicate", { href: duplicateAddress(vm.vm_id) }, undefined),
    acts("delete", "Delete"),
  ];
}

/** Every word that begins a name or another name of an action, in lower case. */
export const ACTION_WORDS: readonly string[] = [
  ...POWER_ACTIONS.map((action) => VM_ACTIONS[action].label),
  ...["edit", "duplicate", "delete", VM_ACTIONS.disk_add.label, VM_ACTIONS.nic_add.label],
  ...[VM_ACTIONS.cluster_add.label, VM_ACTIONS.cluster_remove.label],
  ...Object.values(ALSO),
].flatMap((text) => text.toLowerCase().split(" "));

function clusterChoice(vm: ChosenVm): [VmChoice, string] {
  return vm.cluster_role === null
    ? ["cluster_add", VM_ACTIONS.cluster_add.label]
    : ["cluster_remove", VM_ACTIONS.cluster_remove.label];
}

function entry(
  vm: ChosenVm,
  key: keyof typeof ALSO,
  label: string,
  action: Entry["action"],
  reason: string | undefined,
): Entry {
  const name = visibleText(vm.vm_name);
  return {
    key: `action ${key} ${vm.vm_id}`,
    kind: "action",
    label: `${label}: ${name}`,
    hint: "",
    tone: null,
    name: `${label} ${vm.vm_name}`.toLowerCase(),
    also: `${ALSO[key] ?? ""} ${vm.host}`.toLowerCase(),
    action,
    ...(reason === undefined ? {} : { unavailable: reason }),
  };
}
