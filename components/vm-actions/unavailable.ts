import { listed } from "@/lib/domain/attention/item";
import type { VmView } from "@/lib/domain/inventory";
import { type VmAction, type VmCondition, whyNot } from "@/lib/domain/vm-actions";

/** Of a VM, what decides whether anything can be done with it now. */
export type VmWhereabouts = Pick<VmView, "host" | "stale" | "missing_since" | "also_on">;

/** Why an action on a VM cannot be done now, in a sentence; undefined: it can. */
export function unavailable(action: VmAction, vm: VmWhereabouts & VmCondition): string | undefined {
  return unreachable(vm) ?? whyNot(action, vm) ?? undefined;
}

/** Why nothing can be done with a VM now; undefined: its host has it and answers. */
export function unreachable(vm: VmWhereabouts): string | undefined {
  if (vm.stale) return `${vm.host} could not be read, and nothing can be done with its VMs until it answers.`;
  if (vm.missing_since !== null) return `${vm.host} no longer has this VM.`;
  if (vm.also_on.length > 0) return `A VM with this id is on ${listed(vm.also_on)}, too.`;
  return undefined;
}
