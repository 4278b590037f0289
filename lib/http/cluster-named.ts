import { type ClusterView, clustersOf } from "@/lib/domain/cluster";
import { AethervError } from "@/lib/domain/errors";
import type { HostView } from "@/lib/domain/inventory";

/**
 * The cluster with this name, whatever its case: to Windows it is the same.
 * @throws AethervError `cluster_not_found`
 */
export function clusterNamed(hosts: readonly HostView[], name: string): ClusterView {
  const wanted = name.toLowerCase();
  const found = clustersOf(hosts).find((cluster) => cluster.name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new AethervError("cluster_not_found", `No host has told of a cluster ${name}.`);
}
