import { clustersOf } from "./cluster";
import type { HostView, VmView } from "./inventory";

/**
 * What has probably become of a VM whose host does not answer. `runs`: its cluster still has the node, so that only
 * AetherV does not reach it. `started_elsewhere`: its cluster has lost the node, and starts roles on another.
 * `down`: the cluster has lost the node, and does nothing about the VM. `unknown`: nobody says anything.
 */
export type Fate = "runs" | "started_elsewhere" | "down" | "unknown";

/** @param hosts all of them: the others of the cluster tell how they see the VM's */
export function fateOnSilentHost(
  vm: Pick<VmView, "host" | "cluster_role">,
  hosts: readonly HostView[],
): { fate: Fate; cluster: string | null } {
  const cluster = clustersOf(hosts).find(({ nodes }) => nodes.some(({ host }) => host === vm.host));
  if (cluster === undefined) return { fate: "unknown", cluster: null };
  const { name, nodes } = cluster;
  const state = nodes.find(({ host }) => host === vm.host)?.state;
  if (state === "up" || state === "paused") return { fate: "runs", cluster: name };
  if (state !== "down") return { fate: "unknown", cluster: name };
  // A role that is offline is so because somebody wants it, and stays so.
  const starts = vm.cluster_role !== null && vm.cluster_role.state !== "offline";
  return { fate: starts ? "started_elsewhere" : "down", cluster: name };
}
