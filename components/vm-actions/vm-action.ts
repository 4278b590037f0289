import type { VmView } from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";
import { refusalOf, type VmCondition } from "@/lib/domain/vm-actions";
import { unavailable, unreachable, type VmWhereabouts } from "./unavailable";

/** What can be chosen for a VM wherever it is named: in its row, on its page, by Ctrl+K. */
export type VmChoice = PowerAction | "edit" | "delete" | "cluster_add" | "cluster_remove";

/** A VM, as far as one must know it to choose. */
export type ChosenVm = Pick<VmView, "vm_id" | "vm_name"> & VmWhereabouts & VmCondition & ClusterCondition;

/** What decides about its role. */
export type ClusterCondition = Pick<VmView, "cluster_role" | "cluster">;

/** Why it cannot be chosen now, in a sentence; undefined: it can. A VM that runs is turned off before it is deleted. */
export function whyUnavailable(choice: VmChoice, vm: ChosenVm): string | undefined {
  switch (choice) {
    case "edit":
      return unreachable(vm);
    case "delete":
      return unreachable(vm) ?? refusalOf("delete", { ...vm, state: "off" }) ?? undefined;
    case "cluster_add":
      return unreachable(vm) ?? whyNotClustered(vm) ?? unavailable(choice, vm);
    case "cluster_remove":
      return vm.cluster_role === null ? "It has no role in a cluster." : unavailable(choice, vm);
    default:
      return unavailable(choice, vm);
  }
}

function whyNotClustered({ cluster, cluster_role, host }: ChosenVm): string | undefined {
  if (cluster_role !== null) return "It is a role of the cluster already.";
  return cluster === null ? `${host} is in no cluster.` : undefined;
}
