import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import { hostWith } from "./host-views";

/** A VM as lists know it; what is not given is ordinary. */
export function vmSummary(vm_name: string, of: Partial<VmSummary> = {}): VmSummary {
  return {
    vm_id: `id-of-${vm_name}`,
    vm_name,
    host: "hv01",
    state: "running",
    activity: null,
    missing_since: null,
    also_on: [],
    generation: 2,
    cpu_cores: 2,
    cpu_load_percent: 5,
    memory_assigned_bytes: 4 * GB,
    memory_startup_bytes: 4 * GB,
    uptime_ms: 86_400_000,
    guest_os: null,
    heartbeat: "ok",
    cluster_role: null,
    networks: ["Production"],
    ip_addresses: [],
    disk_count: 1,
    disk_bytes: 40 * GB,
    checkpoints: 0,
    note: "",
    ...of,
  };
}

/** Hosts by name: those that are given, each in the cluster that is given. */
export function hostsIn(clusters: Record<string, string | null>): ReadonlyMap<string, HostView> {
  return new Map(Object.entries(clusters).map(([name, cluster]) => [name, hostWith(name, { cluster })]));
}
