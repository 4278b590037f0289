import type { HostView, InventoryChanges, VmSummary } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";

/** What the server knows of hosts and VMs. Never changed: what comes later is another one. */
export interface Inventory {
  revision: string;
  /** In the order of the configuration. */
  hosts: readonly HostView[];
  /** By name, `vm2` before `vm10`. */
  vms: readonly VmSummary[];
  hostByName: ReadonlyMap<string, HostView>;
  vmById: ReadonlyMap<string, VmSummary>;
}

/**
 * What is known once `changes` are taken in. Hosts, VMs and lists that they do not concern keep their identity,
 * so that what is drawn from them need not be drawn again.
 *
 * @param known that the changes were asked for with; undefined: nothing
 */
export function takeIn(known: Inventory | undefined, changes: InventoryChanges): Inventory {
  if (known === undefined || changes.complete) return whole(known, changes);
  const { revision } = changes;
  const hostByName = new Map(known.hostByName);
  for (const host of changes.hosts) hostByName.set(host.name, host);
  const hosts = changes.hosts.length === 0 ? known.hosts : [...hostByName.values()];
  if (changes.vms.length === 0 && changes.removed_vms.length === 0) {
    return { ...known, revision, hosts, hostByName };
  }
  const vmById = new Map(known.vmById);
  for (const id of changes.removed_vms) vmById.delete(id);
  for (const vm of changes.vms) vmById.set(vm.vm_id, vm);
  return { revision, hosts, hostByName, vms: ordered(known, vmById, changes), vmById };
}

function whole(known: Inventory | undefined, changes: InventoryChanges): Inventory {
  const hosts = changes.hosts.map((host) => kept(known?.hostByName.get(host.name), host));
  const vms = changes.vms.map((vm) => kept(known?.vmById.get(vm.vm_id), vm)).sort(compareVms);
  return {
    revision: changes.revision,
    hosts: known !== undefined && sameItems(known.hosts, hosts) ? known.hosts : hosts,
    vms: known !== undefined && sameItems(known.vms, vms) ? known.vms : vms,
    hostByName: new Map(hosts.map((host) => [host.name, host])),
    vmById: new Map(vms.map((vm) => [vm.vm_id, vm])),
  };
}

/** The VMs in their order again: those that keep their place are not sorted anew. */
function ordered(
  known: Inventory,
  vmById: ReadonlyMap<string, VmSummary>,
  { vms, removed_vms }: InventoryChanges,
): VmSummary[] {
  const moved = new Set(removed_vms);
  const placed: VmSummary[] = [];
  for (const vm of vms) {
    if (known.vmById.get(vm.vm_id)?.vm_name === vm.vm_name) continue;
    moved.add(vm.vm_id);
    placed.push(vm);
  }
  const staying = known.vms.flatMap(({ vm_id }) => (moved.has(vm_id) ? [] : (vmById.get(vm_id) ?? [])));
  return placed.length === 0 ? staying : merged(staying, placed.sort(compareVms));
}

function merged(one: readonly VmSummary[], other: readonly VmSummary[]): VmSummary[] {
  const both: VmSummary[] = [];
  let next = 0;
  for (const vm of one) {
    for (let candidate = other[next]; candidate !== undefined; candidate = other[next]) {
      if (compareVms(candidate, vm) > 0) break;
      both.push(candidate);
      next += 1;
    }
    both.push(vm);
  }
  return [...both, ...other.slice(next)];
}

function compareVms(one: VmSummary, other: VmSummary): number {
  return compareNames(one.vm_name, other.vm_name) || compareNames(one.vm_id, other.vm_id);
}

/** The known one where it says the same; an age follows from the time of the read, and counts for nothing. */
function kept<Item extends object>(known: Item | undefined, told: Item): Item {
  return known !== undefined && textOf(known) === textOf(told) ? known : told;
}

function textOf(item: object): string {
  return JSON.stringify(item, (key, value: unknown) => (key === "age_ms" ? undefined : value));
}

function sameItems<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
