import type { ClusterView } from "../cluster";
import type { HostView } from "../inventory";
import { storageSpace } from "./hosts";
import type { AttentionItem } from "./item";

type Node = ClusterView["nodes"][number];

/**
 * @param hostByName a node that is not read at all is told of as a host, and not again as a node
 */
export function attentionOfCluster(
  cluster: ClusterView,
  hostByName: ReadonlyMap<string, HostView>,
): AttentionItem[] {
  const isRead = (host: HostView | undefined) => host?.state === "online";
  const nodesAreKnown = cluster.nodes.some(({ host }) => host !== null && isRead(hostByName.get(host)));
  // Of a cluster with no host that answers, all that is known is old.
  if (!nodesAreKnown) return [];
  const told = cluster.nodes.filter(({ host }) => host === null || isRead(hostByName.get(host)));
  return [
    ...told.flatMap((node) => nodeState(node, cluster.name)),
    ...told.filter(({ host }) => host === null).map((node) => notConfigured(node, cluster.name)),
    ...cluster.storage_classes.flatMap((storage) =>
      storageSpace(storage, cluster.name, { kind: "cluster", name: cluster.name }),
    ),
  ];
}

function nodeState({ name, state, host }: Node, cluster: string): AttentionItem[] {
  if (state !== "down" && state !== "paused") return [];
  const down = state === "down";
  return [
    {
      id: `cluster_node/${cluster}/${name}`,
      kind: down ? "cluster_node_down" : "cluster_node_paused",
      severity: down ? "critical" : "notice",
      place: placeOf(host, cluster),
      what: down
        ? `Node ${host ?? name} of ${cluster} is down.`
        : `Node ${host ?? name} of ${cluster} is paused: it takes no roles.`,
      next: down
        ? "Check the machine and its cluster service; its roles run on the other nodes or not at all."
        : "Resume the node when its maintenance is over.",
      since: null,
    },
  ];
}

function notConfigured({ name }: Node, cluster: string): AttentionItem {
  return {
    id: `cluster_node_not_configured/${cluster}/${name}`,
    kind: "cluster_node_not_configured",
    severity: "warning",
    place: placeOf(null, cluster),
    what: `Node ${name} of ${cluster} is not configured in AetherV: a VM that moves there goes from sight.`,
    next: "Add it to `hosts` in the configuration file and restart AetherV.",
    since: null,
  };
}

function placeOf(host: string | null, cluster: string): AttentionItem["place"] {
  return host === null ? { kind: "cluster", name: cluster } : { kind: "host", name: host, part: null };
}
