import { counted } from "../amounts";
import type { ClusterView } from "../cluster";
import type { HostRecord, HostView, StorageClassRecord } from "../inventory";
import { GB } from "../units";
import { type AttentionItem, listed, remainder, sentence } from "./item";

/**
 * Dynamic disks grow by themselves, and Hyper-V pauses every VM of a volume that is full (`critical`). From a
 * tenth on there is time to move something; the meters on the pages turn at the same mark.
 */
export const STORAGE_LOW_SHARE = 0.1;
/** Of the last twentieth, a few growing disks or one checkpoint that is merged take all within hours. */
export const STORAGE_FULL_SHARE = 0.05;
/** Less than a twentieth available: Microsoft's guide to measuring Hyper-V calls a host's memory critical there. */
export const MEMORY_LOW_SHARE = 0.05;
/** No VM with an operating system of today starts in less, and the host itself begins to page. */
export const MEMORY_EXHAUSTED_BYTES = 2 * GB;

const RESOURCES_FILE = "C:\\ProgramData\\AetherV\\hostresources.json";

/** A host that does not answer says nothing else: what was known of it is old. */
export function attentionOfHost(host: HostView, cluster: ClusterView | undefined): AttentionItem[] {
  if (host.state === "unreachable") return [unreachable(host, cluster)];
  const { record } = host;
  if (record === null) return [];
  return [
    ...unreadVms(host),
    ...resources(host.name, record),
    ...memory(host.name, record),
    ...switches(host.name, record),
    ...record.storage_classes
      .filter((storage) => !storage.shared || isOnlyHere(storage, cluster))
      .flatMap((storage) => storageSpace(storage, host.name, hostPlace(host.name, "storage"))),
  ];
}

function unreachable(host: HostView, cluster: ClusterView | undefined): AttentionItem {
  const { name, error } = host;
  const node = cluster?.nodes.find((each) => each.host === name)?.state;
  const isUp = node === "up" || node === "paused";
  const sees =
    cluster === undefined
      ? ""
      : isUp
        ? ` ${cluster.name} still sees its node ${node}.`
        : node === "down"
          ? ` ${cluster.name} sees its node down, too.`
          : "";
  return {
    id: `host_unreachable/${name}`,
    kind: "host_unreachable",
    severity: "critical",
    place: hostPlace(name, null),
    what: `${name}${vmsOf(host)} could not be read: ${sentence(error?.message ?? "it does not answer")}${sees}`,
    next:
      isUp && error?.code === "host_unreachable"
        ? "The machine runs: check its WinRM HTTPS listener, and that no firewall is between."
        : (error?.next ?? "Check that the host is up."),
    since: error?.since ?? null,
  };
}

const vmsOf = ({ vm_count: count }: HostView) => (count === 0 ? "" : ` (${counted(count, "VM")})`);

function resources(name: string, record: HostRecord): AttentionItem[] {
  if (record.resources_error === null) return [];
  return [
    {
      id: `resources_unreadable/${name}`,
      kind: "resources_unreadable",
      severity: "warning",
      place: hostPlace(name, null),
      what: `The resources file of ${name} could not be read: ${sentence(record.resources_error)}`,
      next: `Correct \`${RESOURCES_FILE}\` on the host and refresh it. Until then no VM can be created there.`,
      since: null,
    },
  ];
}

/** One item for each: what is wrong is told of each by itself. */
function unreadVms({ name, unread_vms: unread }: HostView): AttentionItem[] {
  return unread.map(({ vm_id, vm_name, reason }, index) => ({
    id: `vm_unreadable/${name}/${vm_id ?? index}`,
    kind: "vm_unreadable",
    severity: "warning",
    place: hostPlace(name, null),
    what: `${name} tells of VM ${vm_name ?? vm_id ?? "without a name"} in a way that cannot be read: ${sentence(reason)}`,
    next: "Look at the VM on the host. Until it can be read, what is shown of it is what was known last, or nothing.",
    since: null,
  }));
}

function memory(name: string, record: HostRecord): AttentionItem[] {
  const { memory_available_bytes: free, memory_total_bytes: total } = record;
  const exhausted = free < MEMORY_EXHAUSTED_BYTES;
  if (!exhausted && free >= total * MEMORY_LOW_SHARE) return [];
  return [
    {
      id: `memory/${name}`,
      kind: exhausted ? "memory_exhausted" : "memory_low",
      severity: exhausted ? "critical" : "warning",
      place: hostPlace(name, null),
      what: `${name} has ${remainder(free, total)} of its memory left.`,
      next: "Move a VM to another host or shut one down; start no more here.",
      since: null,
    },
  ];
}

/** One item for each switch that is not there, with the networks that need it. */
function switches(name: string, record: HostRecord): AttentionItem[] {
  const missing = record.networks.filter((network) => !network.virtual_switch_present);
  return [...new Set(missing.map((network) => network.virtual_switch))].map((virtualSwitch) => {
    const networks = missing.filter((network) => network.virtual_switch === virtualSwitch);
    const names = listed(networks.map((network) => network.name));
    const need = networks.length === 1 ? "network" : "networks";
    return {
      id: `virtual_switch_missing/${name}/${virtualSwitch}`,
      kind: "virtual_switch_missing",
      severity: "warning",
      place: hostPlace(name, "networks"),
      what: `${name} has no virtual switch ${virtualSwitch}: its ${need} ${names} cannot be used.`,
      next: "Create the switch on the host in Hyper-V, or correct the host's resources file.",
      since: null,
    };
  });
}

/** Little room in a storage class, or none that can be seen. `of` has it, and is shown at `place`. */
export function storageSpace(
  storage: StorageClassRecord,
  of: string,
  place: AttentionItem["place"],
): AttentionItem[] {
  const { name, path, capacity_bytes: capacity, free_bytes: free } = storage;
  const common = { id: `storage/${of}/${path}`, place, since: null };
  if (capacity === null || free === null) {
    return [
      {
        ...common,
        kind: "storage_unreadable",
        severity: "critical",
        what: `Storage class ${name} of ${of} at ${path} cannot be read.`,
        next: "Check that its volume is online and that the path exists.",
      },
    ];
  }
  const full = free < capacity * STORAGE_FULL_SHARE;
  if (!full && free >= capacity * STORAGE_LOW_SHARE) return [];
  return [
    {
      ...common,
      kind: full ? "storage_full" : "storage_low",
      severity: full ? "critical" : "warning",
      what: `Storage class ${name} of ${of} has ${remainder(free, capacity)} left.`,
      next: full
        ? "Free or add space before Hyper-V pauses the VMs on it: move disks away, or remove old checkpoints."
        : "Plan for space: move disks away, remove old checkpoints, or extend the volume.",
    },
  ];
}

/** A shared volume that this host alone cannot read: its cluster's own view has it as readable. */
function isOnlyHere(storage: StorageClassRecord, cluster: ClusterView | undefined): boolean {
  const shared = cluster?.storage_classes.find(({ path }) => path === storage.path);
  return shared === undefined || (storage.free_bytes === null && shared.free_bytes !== null);
}

function hostPlace(name: string, part: "storage" | "networks" | null): AttentionItem["place"] {
  return { kind: "host", name, part };
}
