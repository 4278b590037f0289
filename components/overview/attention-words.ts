import { clusterAddress } from "@/components/clusters/addresses";
import { hostAddress } from "@/components/hosts/addresses";
import { jobAddress, vmAddress } from "@/components/jobs/addresses";
import type { Tone } from "@/components/ui/state-dot";
import type { AttentionKind, Place, Severity } from "@/lib/domain/attention/item";

export const SEVERITY_TONES: Record<Severity, Tone> = { critical: "bad", warning: "warn", notice: "neutral" };

/** What several of one kind are called: `3 hosts could not be read`. */
const TITLES: Record<AttentionKind, (count: number) => string> = {
  host_unreachable: (count) => `${count} hosts could not be read`,
  cluster_node_down: (count) => `${count} cluster nodes are down`,
  cluster_node_paused: (count) => `${count} cluster nodes are paused`,
  cluster_node_not_configured: (count) => `${count} cluster nodes are not configured in AetherV`,
  storage_unreadable: (count) => `${count} storage classes cannot be read`,
  storage_full: (count) => `${count} storage classes are nearly full`,
  storage_low: (count) => `${count} storage classes are filling up`,
  memory_exhausted: (count) => `${count} hosts have no memory left`,
  memory_low: (count) => `${count} hosts have little memory left`,
  resources_unreadable: (count) => `${count} resources files could not be read`,
  virtual_switch_missing: (count) => `${count} virtual switches are missing`,
  vm_critical: (count) => `${count} VMs are in a critical state`,
  cluster_role_failed: (count) => `${count} cluster roles have failed`,
  heartbeat_lost: (count) => `${count} guests no longer answer`,
  vm_missing: (count) => `${count} VMs are missing`,
  job_unknown: (count) => `${count} jobs ended nobody knows how`,
  job_failed: (count) => `${count} jobs failed in the last day`,
};

export const titleOf = (kind: AttentionKind, count: number): string => TITLES[kind](count);

/** The page where one looks. */
export function addressOf(place: Place): string {
  switch (place.kind) {
    case "host":
      return hostAddress(place.name, place.part ?? "overview");
    case "cluster":
      return clusterAddress(place.name);
    case "vm":
      return vmAddress(place.vm_id);
    case "job":
      return jobAddress(place.job_id);
  }
}

/** How bad it is altogether, in a line: `2 broken, 1 to watch`. */
export function verdictOf(counts: Readonly<Record<Severity, number>>): string {
  const { critical, warning } = counts;
  if (critical === 0 && warning === 0) return "Nothing needs attention";
  return [critical > 0 ? `${critical} broken` : "", warning > 0 ? `${warning} to look at` : ""]
    .filter(Boolean)
    .join(", ");
}
