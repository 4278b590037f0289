import { attentionOfCluster } from "./attention/clusters";
import { attentionOfHost } from "./attention/hosts";
import { ATTENTION_KINDS, type AttentionItem, SEVERITIES, type Severity } from "./attention/item";
import { attentionOfJobs } from "./attention/jobs";
import { attentionOfUnfinished } from "./attention/unfinished";
import { attentionOfVm } from "./attention/vms";
import type { ClusterView } from "./cluster";
import type { HostView, VmSummary } from "./inventory";
import type { JobView } from "./job";
import { compareNames } from "./natural-order";
import type { UnfinishedDeployment } from "./unfinished-deployment";

/** Items of one kind and severity, so that thirty VMs with one trouble are one thing to read. */
export interface AttentionGroup {
  kind: AttentionItem["kind"];
  severity: Severity;
  /** At least one; by place, in natural order. */
  items: readonly AttentionItem[];
}

/**
 * All that needs somebody's attention, the worst first.
 *
 * @param jobs those that failed or are unknown, and those that succeeded since: they settle failures
 * @param now in ms since the epoch, on the clock of the times in the data
 */
export function attentionOf(known: {
  hosts: readonly HostView[];
  clusters: readonly ClusterView[];
  vms: readonly VmSummary[];
  jobs: readonly JobView[];
  unfinished: readonly UnfinishedDeployment[];
  now: number;
}): AttentionItem[] {
  const { hosts, clusters, vms, jobs, unfinished, now } = known;
  const hostByName = new Map(hosts.map((host) => [host.name, host]));
  const clusterOfHost = new Map(
    clusters.flatMap((cluster) => cluster.nodes.map(({ host }) => [host, cluster] as const)),
  );
  const items = [
    ...hosts.flatMap((host) => attentionOfHost(host, clusterOfHost.get(host.name))),
    ...clusters.flatMap((cluster) => attentionOfCluster(cluster, hostByName)),
    ...vms.flatMap((vm) => attentionOfVm(vm, hostByName.get(vm.host)?.state === "online", now)),
    ...attentionOfJobs(jobs, now),
    ...attentionOfUnfinished(unfinished),
  ];
  return items.sort(worstFirst);
}

/** What needs attention on one host: the machine, its node in `cluster`, and the VMs on it. */
export function attentionOnHost(known: {
  host: HostView;
  cluster: ClusterView | undefined;
  vms: readonly VmSummary[];
  now: number;
}): AttentionItem[] {
  const { host, cluster, vms, now } = known;
  const ofCluster = cluster === undefined ? [] : attentionOfCluster(cluster, new Map([[host.name, host]]));
  const ofNode = ofCluster.filter(({ place }) => place.kind === "host" && place.name === host.name);
  const ofVms = vms.flatMap((vm) => attentionOfVm(vm, host.state === "online", now));
  return [...attentionOfHost(host, cluster), ...ofNode, ...ofVms].sort(worstFirst);
}

/** The same order, by kind. */
export function groupsOf(items: readonly AttentionItem[]): AttentionGroup[] {
  const groups = new Map<string, AttentionItem[]>();
  for (const item of items) {
    const key = `${item.severity}/${item.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first === undefined ? [] : [{ kind: first.kind, severity: first.severity, items: members }];
  });
}

function worstFirst(a: AttentionItem, b: AttentionItem): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    ATTENTION_KINDS.indexOf(a.kind) - ATTENTION_KINDS.indexOf(b.kind) ||
    compareNames(a.place.name, b.place.name) ||
    compareNames(a.id, b.id)
  );
}
