import type { VmSummary } from "../inventory";
import { type AttentionItem, listed } from "./item";

/**
 * A live migration hands a VM over within minutes, and a host is read every minute: what is missing longer
 * waits for a host that does not answer.
 */
export const MISSING_LONG_MS = 5 * 60_000;

/**
 * @param hostIsRead whether the VM's host answers: of one that does not, its VMs' states are old and the
 *   host itself is what needs attention
 */
export function attentionOfVm(vm: VmSummary, hostIsRead: boolean, now: number): AttentionItem[] {
  if (vm.missing_since !== null) return missing(vm, vm.missing_since, now);
  return [...copies(vm), ...(hostIsRead ? condition(vm) : [])];
}

function copies(vm: VmSummary): AttentionItem[] {
  if (vm.also_on.length === 0) return [];
  return [
    item(vm, "vm_on_several_hosts", "warning", {
      what: `${vm.vm_name} on ${vm.host} is also on ${listed(vm.also_on)}: AetherV does nothing with it.`,
      next: "A replica is meant so: work on it in Hyper-V Manager. A copy that is not needed: take it away on its host.",
    }),
  ];
}

function condition(vm: VmSummary): AttentionItem[] {
  const { vm_name: name, host } = vm;
  if (vm.state === "critical") {
    return [
      item(vm, "vm_critical", "critical", {
        what: `${name} on ${host} is in a critical state.`,
        next: "Check the space and the paths of its disks on the host; Hyper-V resumes it once they are back.",
      }),
    ];
  }
  if (vm.cluster_role?.state === "failed") {
    return [
      item(vm, "cluster_role_failed", "critical", {
        what: `The cluster role of ${name} on ${host} has failed.`,
        next: "Read the role's critical events in Failover Cluster Manager, then start the role.",
      }),
    ];
  }
  if (vm.heartbeat === "lost" || vm.heartbeat === "error") {
    return [
      item(vm, "heartbeat_lost", "warning", {
        what: `The guest of ${name} on ${host} no longer answers.`,
        next: "Open its console: the guest hangs, or its integration services do not run.",
      }),
    ];
  }
  return [];
}

function missing(vm: VmSummary, since: string, now: number): AttentionItem[] {
  if (now - Date.parse(since) < MISSING_LONG_MS) return [];
  return [
    item(vm, "vm_missing", "warning", {
      what: `${vm.vm_name} is no longer on ${vm.host}, and not every host that may have it has been read since.`,
      next: "Bring the hosts back that do not answer; the VM is then shown where it is, or goes.",
      since,
    }),
  ];
}

function item(
  vm: VmSummary,
  kind: AttentionItem["kind"],
  severity: AttentionItem["severity"],
  words: { what: string; next: string; since?: string },
): AttentionItem {
  return {
    id: `${kind}/${vm.vm_id}`,
    kind,
    severity,
    place: { kind: "vm", vm_id: vm.vm_id, name: vm.vm_name },
    since: null,
    ...words,
  };
}
