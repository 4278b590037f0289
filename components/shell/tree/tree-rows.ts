import { clusterAddress, hostAddress, vmAddress } from "@/components/shared/addresses";
import { HOST_STATES } from "@/components/shared/host-state-badge";
import { type StateFace, vmFace } from "@/components/vms/vm-words";
import type { Inventory } from "@/lib/client/inventory";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";
import { visibleText } from "@/lib/domain/visible-text";

/** One line of the tree as it is shown. */
export interface TreeRow {
  /** `c:<cluster>`, `h:<host>` or `v:<vm_id>`. */
  key: string;
  kind: "cluster" | "host" | "vm";
  /** 1: at the root. */
  level: number;
  name: string;
  href: string;
  face: StateFace;
  /** What is known of it is old: its host does not answer. */
  stale: boolean;
  /** null: it can have nothing below it. */
  open: boolean | null;
  /** How many VMs are below it, on hosts that answer; null: it is one. */
  vms: number | null;
  /** How many more are below it on hosts that do not, as was last known. */
  lastKnown: number;
  /** Its place among those of the same parent, from 1, and how many they are. */
  place: number;
  siblings: number;
  /** The key of the row above it in the tree; null: it is at the root. */
  parent: string | null;
}

/** Says whether what is below a row is shown, given whether it would be unless the reader chose otherwise. */
export type IsOpen = (key: string, byDefault: boolean) => boolean;

/** Up to so many VMs all of them are shown at first: nobody needs to unfold a handful. */
const A_HANDFUL = 40;

/** Its hosts need not agree on the letters' case. */
export const clusterKey = (name: string): string => `c:${name.toLowerCase()}`;
export const hostKey = (name: string): string => `h:${name}`;
export const vmKey = (vmId: string): string => `v:${vmId}`;

/** The VMs of each host, in their order. */
export function vmsByHost(vms: readonly VmSummary[]): Map<string, VmSummary[]> {
  const byHost = new Map<string, VmSummary[]>();
  for (const vm of vms) {
    const others = byHost.get(vm.host);
    if (others) others.push(vm);
    else byHost.set(vm.host, [vm]);
  }
  return byHost;
}

/**
 * The tree's rows from top to bottom: clusters by name, each with its hosts, then the hosts of no cluster, each
 * with its VMs; of what is folded only the row itself.
 *
 * @param filter only what has it in its name, or has something below it that does; empty: everything
 */
export function treeRows(
  inventory: Pick<Inventory, "hosts" | "vms">,
  isOpen: IsOpen,
  filter: string,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const wanted = filter.trim().toLowerCase();
  const has = (name: string) => name.toLowerCase().includes(wanted);
  const byHost = vmsByHost(inventory.vms);
  const few = inventory.vms.length <= A_HANDFUL;

  const hostBranch = (host: HostView, above: boolean): Branch | null => {
    const all = byHost.get(host.name) ?? [];
    const own = above || has(host.name);
    const matching = wanted === "" ? all : all.filter((vm) => has(vm.vm_name));
    if (wanted !== "" && !own && matching.length === 0) return null;
    const key = hostKey(host.name);
    const vms = matching.length > 0 ? matching : all;
    const open = isOpen(key, wanted === "" ? few : matching.length > 0);
    return { host, vms, open };
  };

  const addHosts = (
    branches: readonly Branch[],
    before: number,
    siblings: number,
    cluster: string | null,
  ) => {
    for (const [index, { host, vms, open }] of branches.entries()) {
      const level = cluster === null ? 1 : 2;
      const stale = host.state === "unreachable";
      const key = hostKey(host.name);
      rows.push({
        key,
        kind: "host",
        level,
        name: host.name,
        href: hostAddress(host.name),
        face: HOST_STATES[host.state],
        stale,
        open: vms.length === 0 ? null : open,
        vms: stale ? 0 : vms.length,
        lastKnown: stale ? vms.length : 0,
        place: before + index + 1,
        siblings,
        parent: cluster === null ? null : clusterKey(cluster),
      });
      if (!open) continue;
      for (const [place, vm] of vms.entries()) rows.push(vmRow(vm, level + 1, place + 1, vms.length, stale));
    }
  };

  const { clusters, alone } = grouped(inventory.hosts);
  const shown: { cluster: string; open: boolean; branches: Branch[] }[] = [];
  for (const { name: cluster, hosts } of clusters) {
    const named = wanted !== "" && has(cluster);
    const branches = hosts.flatMap((host) => hostBranch(host, named) ?? []);
    if (branches.length > 0) shown.push({ cluster, branches, open: isOpen(clusterKey(cluster), true) });
  }
  const single = alone.flatMap((host) => hostBranch(host, false) ?? []);
  const roots = shown.length + single.length;
  for (const [index, { cluster, open, branches }] of shown.entries()) {
    rows.push(clusterRow(cluster, branches, open, index + 1, roots));
    if (open) addHosts(branches, 0, branches.length, cluster);
  }
  addHosts(single, shown.length, roots, null);
  return rows;
}

interface Branch {
  host: HostView;
  vms: readonly VmSummary[];
  open: boolean;
}

function grouped(hosts: readonly HostView[]) {
  const clusters = new Map<string, { name: string; hosts: HostView[] }>();
  const alone: HostView[] = [];
  for (const host of hosts) {
    const name = host.record?.cluster ?? null;
    if (name === null) {
      alone.push(host);
      continue;
    }
    const known = clusters.get(clusterKey(name));
    if (known) known.hosts.push(host);
    else clusters.set(clusterKey(name), { name, hosts: [host] });
  }
  return { clusters: [...clusters.values()].sort((a, b) => compareNames(a.name, b.name)), alone };
}

function clusterRow(
  name: string,
  branches: readonly Branch[],
  open: boolean,
  place: number,
  siblings: number,
): TreeRow {
  const silent = branches.filter(({ host }) => host.state === "unreachable").length;
  return {
    key: clusterKey(name),
    kind: "cluster",
    level: 1,
    name,
    href: clusterAddress(name),
    face:
      silent === 0
        ? { tone: "ok", word: "all hosts answer" }
        : { tone: "warn", word: `${silent} of ${branches.length} hosts unreachable` },
    stale: silent === branches.length,
    open,
    vms: countOf(branches.filter(({ host }) => host.state !== "unreachable")),
    lastKnown: countOf(branches.filter(({ host }) => host.state === "unreachable")),
    place,
    siblings,
    parent: null,
  };
}

function countOf(branches: readonly Branch[]): number {
  return branches.reduce((sum, { vms }) => sum + vms.length, 0);
}

function vmRow(vm: VmSummary, level: number, place: number, siblings: number, stale: boolean): TreeRow {
  return {
    key: vmKey(vm.vm_id),
    kind: "vm",
    level,
    name: visibleText(vm.vm_name),
    href: vmAddress(vm.vm_id),
    face: vmFace(vm, stale),
    stale,
    open: null,
    vms: null,
    lastKnown: 0,
    place,
    siblings,
    parent: hostKey(vm.host),
  };
}
