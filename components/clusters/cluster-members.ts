import type { ClusterView } from "@/lib/domain/cluster";
import type { HostView } from "@/lib/domain/inventory";

/** The configured hosts that are nodes of a cluster, in its order of nodes. */
export function membersOf(cluster: ClusterView, hosts: ReadonlyMap<string, HostView>): HostView[] {
  return cluster.nodes.flatMap(({ host }) => (host === null ? [] : (hosts.get(host) ?? [])));
}

/** `4 nodes up`, `3 of 4 nodes up`. */
export function nodesUp({ nodes }: ClusterView): { words: string; all: boolean } {
  const up = nodes.filter(({ state }) => state === "up").length;
  const all = up === nodes.length;
  return { words: all ? `${up} nodes up` : `${up} of ${nodes.length} nodes up`, all };
}
