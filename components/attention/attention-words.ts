import {
  clusterAddress,
  continueAddress,
  hostAddress,
  jobAddress,
  vmAddress,
} from "@/components/shared/addresses";
import type { Tone } from "@/components/ui/state-dot";
import type { AttentionKind, Place, Severity } from "@/lib/domain/attention/item";

export const SEVERITY_TONES: Record<Severity, Tone> = { critical: "bad", warning: "warn", notice: "neutral" };

/** What one of a kind is called, and several. */
const TITLES: Record<AttentionKind, [one: string, several: string]> = {
  host_unreachable: ["host could not be read", "hosts could not be read"],
  cluster_node_down: ["cluster node is down", "cluster nodes are down"],
  cluster_node_paused: ["cluster node is paused", "cluster nodes are paused"],
  cluster_node_not_configured: ["cluster node is not configured", "cluster nodes are not configured"],
  storage_unreadable: ["storage class cannot be read", "storage classes cannot be read"],
  storage_full: ["storage class is nearly full", "storage classes are nearly full"],
  storage_low: ["storage class is filling up", "storage classes are filling up"],
  memory_exhausted: ["host has no memory left", "hosts have no memory left"],
  memory_low: ["host has little memory left", "hosts have little memory left"],
  vm_unreadable: ["VM could not be read", "VMs could not be read"],
  resources_unreadable: ["resources file could not be read", "resources files could not be read"],
  virtual_switch_missing: ["virtual switch is missing", "virtual switches are missing"],
  vm_critical: ["VM is in a critical state", "VMs are in a critical state"],
  cluster_role_failed: ["cluster role has failed", "cluster roles have failed"],
  heartbeat_lost: ["guest no longer answers", "guests no longer answer"],
  vm_on_several_hosts: ["VM is on several hosts", "VMs are on several hosts"],
  vm_missing: ["VM is missing", "VMs are missing"],
  job_unknown: ["job ended nobody knows how", "jobs ended nobody knows how"],
  deployment_unfinished: ["deployment is unfinished", "deployments are unfinished"],
  job_failed: ["job failed within a day", "jobs failed within a day"],
};

/** `3 hosts could not be read` */
export function titleOf(kind: AttentionKind, count: number): string {
  return `${count} ${TITLES[kind][count === 1 ? 0 : 1]}`;
}

/** The page where one looks. */
export function addressOf(place: Place): string {
  switch (place.kind) {
    case "host":
      return hostAddress(place.name, place.part);
    case "cluster":
      return clusterAddress(place.name);
    case "vm":
      return vmAddress(place.vm_id);
    case "job":
      return jobAddress(place.job_id);
    case "unfinished":
      return continueAddress(place.deployment_id);
  }
}

/** How bad it is altogether: `2 problems, 1 warning`. */
export function verdictOf({ critical, warning }: Readonly<Record<Severity, number>>): string {
  const parts = [counted(critical, "problem"), counted(warning, "warning")].filter(Boolean);
  return parts.length === 0 ? "Nothing needs attention" : parts.join(", ");
}

function counted(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
