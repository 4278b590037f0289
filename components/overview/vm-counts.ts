import { facetStateOf, LAST_KNOWN, MISSING, type StateFacet } from "@/components/vms/vm-facets";
import type { HostView, VmSummary } from "@/lib/domain/inventory";

/** States in which a VM stays; in all others it is on its way to one of them. */
const LASTING: readonly StateFacet[] = ["running", "off", "saved", "paused", "critical"];
/** What is not known to be in any state now. */
const APART: readonly StateFacet[] = [MISSING, LAST_KNOWN];

export interface VmCount {
  state: StateFacet;
  count: number;
}

/**
 * How many VMs are in each state that a VM of these is in: what lasts first, in the order of {@link LASTING}. VMs that
 * are missing and those of hosts that do not answer are in none, and come last.
 */
export function vmCountsOf(
  vms: readonly VmSummary[],
  hosts: readonly Pick<HostView, "name" | "state">[],
): VmCount[] {
  const silent = new Set(hosts.filter(({ state }) => state !== "online").map(({ name }) => name));
  const counts = new Map<StateFacet, number>(LASTING.map((state) => [state, 0]));
  for (const vm of vms) {
    const state = facetStateOf(vm, silent.has(vm.host));
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  for (const state of APART) {
    const count = counts.get(state) ?? 0;
    counts.delete(state);
    counts.set(state, count);
  }
  return [...counts].flatMap(([state, count]) => (count === 0 ? [] : [{ state, count }]));
}
