import type { VmState, VmSummary } from "@/lib/domain/inventory";

/** States in which a VM stays; in all others it is on its way to one of them. */
const LASTING: readonly VmState[] = ["running", "off", "saved", "paused", "critical"];

export interface VmCount {
  state: VmState;
  count: number;
}

/** How many VMs are in each state that a VM of these is in: what lasts first, in the order of {@link LASTING}. */
export function vmCountsOf(vms: readonly VmSummary[]): VmCount[] {
  const counts = new Map<VmState, number>(LASTING.map((state) => [state, 0]));
  for (const { state } of vms) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].flatMap(([state, count]) => (count === 0 ? [] : [{ state, count }]));
}
