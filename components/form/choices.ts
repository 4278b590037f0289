import { formatAge, formatBytes } from "@/lib/client/format";
import type {
  HostRecord,
  HostView,
  ImageRecord,
  NetworkRecord,
  StorageClassRecord,
} from "@/lib/domain/inventory";
import type { OptionSource } from "@/lib/schema/schema-set";

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
  /** The server's time in ms, for ages. */
  now: number;
}

/** What a field with `x-aetherv.options` offers. */
export function choicesOf(source: OptionSource, context: ChoiceContext): Choice[] {
  const record = context.host?.record ?? null;
  switch (source) {
    case "hosts":
      return context.hosts.map((host) => hostChoice(host, context.now));
    case "clusters":
      return clusterNames(context.hosts).map((name) => ({ value: name, label: name, unfit: null }));
    case "host.networks":
      return record?.networks.map(networkChoice) ?? [];
    case "host.storage_classes":
      return record?.storage_classes.map(storageChoice) ?? [];
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

function hostChoice(host: HostView, now: number): Choice {
  const unfit = unfitReason(host);
  const facts =
    unfit !== null || host.record === null
      ? [unfit]
      : [
          `${formatBytes(host.record.memory_available_bytes)} memory free`,
          host.record.cluster ?? "standalone",
          host.as_of === null ? null : formatAge(now - Date.parse(host.as_of)),
        ];
  return { value: host.name, label: joined(host.name, facts), unfit };
}

function unfitReason(host: HostView): string | null {
  if (host.state === "unreachable") return `unreachable: ${host.error?.message ?? "it does not answer"}`;
  if (host.record === null) return "not read yet";
  if (host.record.resources_error !== null) return "its resources file could not be read";
  return null;
}

function clusterNames(hosts: readonly HostView[]): string[] {
  return [...new Set(hosts.flatMap((host) => host.record?.cluster ?? []))].sort();
}

function networkChoice(network: NetworkRecord): Choice {
  const dhcp = network.ip_settings?.dhcp_available;
  const facts = [`VLAN ${network.vlan_id}`, dhcp === true ? "DHCP" : dhcp === false ? "no DHCP" : null];
  return { value: network.name, label: joined(network.name, facts), unfit: null };
}

function storageChoice(storage: StorageClassRecord): Choice {
  const unfit = storage.free_bytes === null ? "cannot be read" : null;
  const space =
    storage.free_bytes === null || storage.capacity_bytes === null
      ? unfit
      : `${formatBytes(storage.free_bytes)} free of ${formatBytes(storage.capacity_bytes)}`;
  return {
    value: storage.name,
    label: joined(storage.name, [space, storage.shared ? "shared" : "local"]),
    unfit,
  };
}

/** An image that does not say its family is offered for all of them. */
function suits(image: ImageRecord, osFamily: string | null): boolean {
  return osFamily === null || image.os_family === null || image.os_family === osFamily;
}

function imageChoice(image: ImageRecord): Choice {
  const size = image.size_gb === null ? null : `at least ${image.size_gb} GB`;
  return { value: image.name, label: joined(image.name, [size]), unfit: null };
}

function joined(name: string, facts: readonly (string | null)[]): string {
  const known = facts.filter((fact) => fact !== null && fact !== "");
  return known.length === 0 ? name : `${name} · ${known.join(" · ")}`;
}

/** The network that a host has under this name. */
export function networkOf(record: HostRecord | null | undefined, name: unknown): NetworkRecord | null {
  return record?.networks.find((network) => network.name === name) ?? null;
}
