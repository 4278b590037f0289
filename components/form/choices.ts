import { formatBytes, formatNeededBytes } from "@/lib/domain/amounts";
import { clustersOf } from "@/lib/domain/cluster";
import { type Demand, spaceFinding } from "@/lib/domain/host-fit";
import { suits } from "@/lib/domain/host-offers";
import type {
  HostRecord,
  HostView,
  ImageRecord,
  NetworkRecord,
  StorageClassRecord,
} from "@/lib/domain/inventory";
import type { OptionSource } from "@/lib/schema/schema-set";
import { unfitReasons } from "./host-fit";

export interface Choice {
  value: string;
  /** The value with what one needs to know to choose it. */
  label: string;
  /** Why it cannot be chosen; null: it can. */
  unfit: string | null;
}

/** What the choices depend on. */
export interface ChoiceContext {
  hosts: readonly HostView[];
  /** The chosen host; null: none yet. */
  host: HostView | null;
  /** The chosen operating system family; null: none yet. */
  osFamily: string | null;
  /** What the VM on the form asks of a host. */
  demand: Demand;
}

/** What a field with `x-aetherv.options` offers. */
export function choicesOf(source: OptionSource, context: ChoiceContext): Choice[] {
  const record = context.host?.record ?? null;
  switch (source) {
    case "hosts":
      return context.hosts.map((host) => hostChoice(host, context.demand));
    case "clusters":
      return clustersOf(context.hosts).map(({ name }) => ({ value: name, label: name, unfit: null }));
    case "host.networks":
      return record?.networks.map(networkChoice) ?? [];
    case "host.storage_classes":
      return record?.storage_classes.map((storage) => storageChoice(storage, record, context.demand)) ?? [];
    case "host.images":
      return (
        record?.images.filter((image) => suits(image, context.osFamily)).map((image) => imageChoice(image)) ??
        []
      );
  }
}

/** Why a field offers nothing, and what to do about it; null: it offers something, or nobody knows. */
export function emptyReason(source: OptionSource, context: ChoiceContext): string | null {
  if (source === "hosts") return "No hosts are configured: name them in the server's configuration.";
  if (source === "clusters") return "None of the hosts is in a cluster.";
  const { host, osFamily } = context;
  if (host === null) return "Choose a host first.";
  if (host.record === null) return `${host.name} has not been read yet.`;
  if (host.record.resources_error !== null) return `${host.name}: ${host.record.resources_error}`;
  if (source === "host.images" && host.record.images.length > 0) {
    return `${host.name} has no image for ${osFamily ?? "this operating system"}.`;
  }
  return `${host.name} offers none: add some to its hostresources.json.`;
}

function hostChoice(host: HostView, demand: Demand): Choice {
  const reasons = unfitReasons(host, demand);
  return { value: host.name, label: host.name, unfit: reasons.length === 0 ? null : reasons.join(" ") };
}

function networkChoice(network: NetworkRecord): Choice {
  const dhcp = network.ip_settings?.dhcp_available;
  const facts = [`VLAN ${network.vlan_id}`, dhcp === true ? "DHCP" : dhcp === false ? "no DHCP" : null];
  return { value: network.name, label: joined(network.name, facts), unfit: null };
}

function storageChoice(storage: StorageClassRecord, record: HostRecord, demand: Demand): Choice {
  const unfit = spaceWords(storage, record, demand);
  const space =
    storage.free_bytes === null || storage.capacity_bytes === null
      ? null
      : `${formatBytes(storage.free_bytes)} free of ${formatBytes(storage.capacity_bytes)}`;
  return {
    value: storage.name,
    label: joined(storage.name, [space, storage.shared ? "shared" : "local", unfit]),
    unfit,
  };
}

/** Why a storage class cannot be chosen, short enough for a list; null: it can. */
function spaceWords(storage: StorageClassRecord, record: HostRecord, demand: Demand): string | null {
  if (storage.free_bytes === null) return "cannot be read";
  const finding = spaceFinding(storage, record, demand);
  return finding?.code === "storage_full"
    ? `too little: ${formatNeededBytes(finding.needed_bytes)} wanted`
    : null;
}

function imageChoice(image: ImageRecord): Choice {
  const size = image.size_gb === null ? null : `at least ${image.size_gb} GB`;
  return { value: image.name, label: joined(image.name, [size]), unfit: null };
}

function joined(name: string, facts: readonly (string | null)[]): string {
  const known = facts.filter((fact) => fact !== null && fact !== "");
  return known.length === 0 ? name : `${name} · ${known.join(" · ")}`;
}
