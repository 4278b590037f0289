import { jobTitle, kindWord, stateTone, stateWord } from "@/components/jobs/job-words";
import {
  clusterAddress,
  hostAddress,
  jobAddress,
  vmAddress,
  vmListAddress,
} from "@/components/shared/addresses";
import { HOST_STATES } from "@/components/shared/host-state-badge";
import type { CommandGroup } from "@/components/ui/command";
import type { Tone } from "@/components/ui/state-dot";
import type { VmChosen } from "@/components/vm-actions/act-on-vm";
import type { ChosenVm } from "@/components/vm-actions/vm-action";
import { vmFace } from "@/components/vms/vm-words";
import type { Inventory } from "@/lib/client/inventory";
import type { Theme } from "@/lib/client/theme";
import { counted, formatCount } from "@/lib/domain/amounts";
import { clustersOf } from "@/lib/domain/cluster";
import type { JobView } from "@/lib/domain/job";
import { visibleText } from "@/lib/domain/visible-text";
import { PLACES } from "../places";
import { ACTION_WORDS, actionEntries } from "./action-entries";
import { best, type Findable, wordsOf } from "./match";

export type EntryKind = "page" | "theme" | "vm" | "action" | "host" | "cluster" | "job";

/** Something that the palette offers. */
export interface Entry extends Findable {
  key: string;
  kind: EntryKind;
  label: string;
  /** Beside the label: where it is, how it is. */
  hint: string;
  tone: Tone | null;
  /** What choosing it does. */
  action: { href: string } | { theme: Theme } | VmChosen;
  /** Why it cannot be chosen now; it is shown all the same, and says so. */
  unavailable?: string;
  /** What can be done with it, where it is a VM. */
  vm?: ChosenVm;
}

/** Of each kind so many are shown; more words find the others. */
const LIMIT = 12;
/** All that can be done with a VM, and a part of it for some more. */
const ACTION_LIMIT = 24;

const PAGES: readonly Entry[] = [
  page("New VM", "/vms/new", "create deploy virtual machine"),
  ...PLACES.map(({ label, href }) => page(label, href, label === "VMs" ? "virtual machines" : "")),
];

const THEMES: readonly Entry[] = (["system", "light", "dark"] as const).map((theme) => ({
  key: `theme ${theme}`,
  kind: "theme",
  label: `${theme.charAt(0).toUpperCase()}${theme.slice(1)} theme`,
  hint: "",
  tone: null,
  name: `${theme} theme`,
  also: "appearance mode",
  action: { theme },
}));

function page(label: string, href: string, also: string): Entry {
  const name = label.toLowerCase();
  return { key: `page ${href}`, kind: "page", label, hint: "", tone: null, name, also, action: { href } };
}

/** Everything of the inventory that can be found, by kind. */
export interface InventoryEntries {
  vms: Entry[];
  hosts: Entry[];
  clusters: Entry[];
}

export function inventoryEntries(
  inventory: Pick<Inventory, "hosts" | "vms" | "hostByName">,
): InventoryEntries {
  const vms = inventory.vms.map((vm): Entry => {
    const host = inventory.hostByName.get(vm.host);
    const stale = host?.state === "unreachable";
    const face = vmFace(vm, stale);
    return {
      key: `vm ${vm.vm_id}`,
      kind: "vm",
      label: visibleText(vm.vm_name),
      hint: `${face.word} · ${vm.host}`,
      tone: face.tone,
      name: vm.vm_name.toLowerCase(),
      also: [vm.vm_id, vm.host, ...vm.ip_addresses, vm.guest_os ?? ""].join(" ").toLowerCase(),
      action: { href: vmAddress(vm.vm_id) },
      vm: { ...vm, cluster: host?.record?.cluster ?? null, stale },
    };
  });
  const hosts = inventory.hosts.map((host): Entry => {
    const face = HOST_STATES[host.state];
    const cluster = host.record?.cluster ?? null;
    return {
      key: `host ${host.name}`,
      kind: "host",
      label: host.name,
      hint: cluster === null ? face.word : `${face.word} · ${cluster}`,
      tone: face.tone,
      name: host.name.toLowerCase(),
      also: [host.address, host.record?.computer_name ?? "", cluster ?? ""].join(" ").toLowerCase(),
      action: { href: hostAddress(host.name) },
    };
  });
  const clusters = clustersOf(inventory.hosts).map(
    ({ name, nodes }): Entry => ({
      key: `cluster ${name}`,
      kind: "cluster",
      label: name,
      hint: counted(nodes.length, "node"),
      tone: null,
      name: name.toLowerCase(),
      also: "",
      action: { href: clusterAddress(name) },
    }),
  );
  return { vms, hosts, clusters };
}

export function jobEntries(jobs: readonly JobView[]): Entry[] {
  return jobs.map((job) => ({
    key: `job ${job.job_id}`,
    kind: "job",
    label: jobTitle(job),
    hint: `${stateWord(job.state)} · ${job.host}`,
    tone: stateTone(job.state),
    name: jobTitle(job).toLowerCase(),
    also: `${job.job_id} ${job.host} ${kindWord(job.kind)}`.toLowerCase(),
    action: { href: jobAddress(job.job_id) },
  }));
}

const HEADINGS = [
  ["Go to", "page"],
  ["VMs", "vm"],
  ["Actions", "action"],
  ["Hosts", "host"],
  ["Clusters", "cluster"],
  ["Jobs", "job"],
  ["Theme", "theme"],
] as const;

/**
 * What fits the query, the kind that fits best first; without a query the pages, what was done last, and what can be
 * done here.
 *
 * @param here the VM whose page one looks at
 */
export function entriesFor(
  query: string,
  inventory: InventoryEntries,
  jobs: readonly Entry[],
  here?: ChosenVm,
): CommandGroup<Entry>[] {
  const words = wordsOf(query);
  const all: Record<EntryKind, readonly Entry[]> = {
    page: PAGES,
    vm: inventory.vms,
    action: words.length === 0 ? [] : actionsMeant(words, inventory.vms, here),
    host: inventory.hosts,
    cluster: inventory.clusters,
    job: jobs,
    theme: THEMES,
  };
  if (words.length === 0) {
    return [
      { value: "Go to", items: [...PAGES] },
      { value: "Actions", items: here === undefined ? [] : actionEntries(here) },
      { value: "Recent jobs", items: jobs.slice(0, 5) },
      { value: "Theme", items: [...THEMES] },
    ].filter(({ items }) => items.length > 0);
  }
  return HEADINGS.map(([heading, kind]) => ({
    heading,
    kind,
    ...best(all[kind], words, kind === "action" ? ACTION_LIMIT : LIMIT),
  }))
    .filter(({ found }) => found.length > 0)
    .sort((one, other) => one.degree - other.degree)
    .map(({ heading, kind, found, total }) => {
      const more = kind === "vm" && total > found.length ? [allVms(query, total)] : [];
      return { value: heading, items: [...found, ...more] };
    });
}

/** What can be done with the VM as the query narrows it down; without a query its page, too. */
export function entriesOfVm(query: string, entry: Entry, vm: ChosenVm): CommandGroup<Entry>[] {
  const open: Entry = { ...entry, label: `Open ${entry.label}`, hint: "" };
  const all = [open, ...actionEntries(vm)];
  const words = wordsOf(query);
  const items = words.length === 0 ? all : best(all, words, all.length).found;
  return items.length === 0 ? [] : [{ value: `What to do with ${entry.label}`, items }];
}

/** Of so many VMs that a query may mean the actions are looked through. */
const MEANT = 4;

/**
 * The actions that a query can mean: those of the VM that one looks at; and where some of the words are of actions, or
 * but one VM fits, those of the VMs that the other words find.
 */
function actionsMeant(words: readonly string[], vms: readonly Entry[], here: ChosenVm | undefined): Entry[] {
  const ofVm = words.filter((word) => !ACTION_WORDS.some((known) => known.startsWith(word)));
  const { found, total } = ofVm.length === 0 ? best([], [], 0) : best(vms, ofVm, MEANT);
  const meant = ofVm.length < words.length || total === 1 ? found.flatMap(({ vm }) => vm ?? []) : [];
  const others = meant.filter(({ vm_id }) => vm_id !== here?.vm_id);
  return [...(here === undefined ? [] : [here]), ...others].flatMap(actionEntries);
}

function allVms(query: string, total: number): Entry {
  const label = `All ${formatCount(total)} VMs that fit`;
  const href = vmListAddress("q", query.trim());
  return { ...page(label, href, ""), key: "all vms" };
}
