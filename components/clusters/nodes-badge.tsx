import { Badge } from "@/components/ui/badge";
import type { ClusterView } from "@/lib/domain/cluster";
import { nodesUp } from "./cluster-members";

/** How many of a cluster's nodes are up. */
export function NodesBadge({ cluster }: { cluster: ClusterView }) {
  const { words, all } = nodesUp(cluster);
  const down = cluster.nodes.some(({ state }) => state === "down");
  return <Badge tone={all ? "ok" : down ? "bad" : "warn"}>{words}</Badge>;
}
