import { unavailable, unreachable } from "@/components/vm-actions/unavailable";
import type { VmSummary } from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";
import { refusalOf } from "@/lib/domain/vm-actions";

/** A VM of a list, and whether its host does not answer. */
export interface BulkVm {
  vm: VmSummary;
  stale: boolean;
}

/** What can be done with several VMs at once. */
export type BulkAction = PowerAction | "delete";

/** What is left out for the same reason. */
export interface LeftOut<Item> {
  /** A sentence. */
  why: string;
  items: Item[];
}

/** What can be done, and what not. */
export interface Sorted<Item> {
  able: Item[];
  left: LeftOut<Item>[];
}

/** With which of the VMs the action can be done now, and why not with the others. */
export function planOf(action: BulkAction, vms: readonly BulkVm[]): Sorted<BulkVm> {
  return sorted(vms, (each) => (action === "delete" ? whyKept(each) : whyNotPower(action, each)));
}

/** Parts items by what stands against each; null or undefined: nothing does. */
export function sorted<Item>(
  items: readonly Item[],
  against: (item: Item) => string | null | undefined,
): Sorted<Item> {
  const able: Item[] = [];
  const left = new Map<string, Item[]>();
  for (const item of items) {
    const why = against(item) ?? null;
    const those = why === null ? able : left.get(why);
    if (those !== undefined) those.push(item);
    else if (why !== null) left.set(why, [item]);
  }
  return { able, left: [...left].map(([why, those]) => ({ why, items: those })) };
}

function whyNotPower(action: PowerAction, { vm, stale }: BulkVm): string | undefined {
  return unavailable(action, { ...vm, stale });
}

/** Being on stands against a deletion only as long as nobody says that it is to be turned off first. */
function whyKept({ vm, stale }: BulkVm): string | null {
  return unreachable({ ...vm, stale }) ?? refusalOf("delete", { ...vm, state: "off" });
}
