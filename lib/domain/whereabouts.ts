import type { HostRecord, VmRecord } from "./inventory";

/** A configured host and what it last said; null: it was never read. */
export interface ToldHost {
  name: string;
  record: HostRecord | null;
}

/**
 * The hosts that may have a VM which the host it was last seen on has no more: a VM with a role in a cluster is on
 * one of the cluster's nodes, any other one can be moved to every host. Of a host that was never read nobody can
 * say that it has not got it, unless all nodes of the cluster are known.
 */
export function hostsThatMayHave(vm: VmRecord, lastSeenOn: string, hosts: readonly ToldHost[]): string[] {
  const seen = hosts.find(({ name }) => name === lastSeenOn)?.record ?? null;
  if (seen === null || seen.cluster === null || vm.cluster_role === null) {
    return hosts.map(({ name }) => name);
  }
  const cluster = fold(seen.cluster);
  const members = hosts.filter(({ record }) => fold(record?.cluster ?? "") === cluster);
  const known = new Set(members.map(({ record }) => fold(record?.computer_name ?? "")));
  const allKnown =
    seen.cluster_nodes.length > 0 && seen.cluster_nodes.every(({ name }) => known.has(fold(name)));
  const others = allKnown ? [] : hosts.filter(({ record }) => record === null);
  return [...members, ...others].map(({ name }) => name);
}

function fold(name: string): string {
  return name.toLowerCase();
}
