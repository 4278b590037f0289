import type { VmSummary } from "@/lib/domain/inventory";

/** The VMs that every word of `query` is found in: by name, host, state, address, network or id. */
export function filterVms(vms: readonly VmSummary[], query: string): readonly VmSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return vms;
  return vms.filter((vm) => {
    const text = searchTextOf(vm);
    return words.every((word) => text.includes(word));
  });
}

function searchTextOf(vm: VmSummary): string {
  return [vm.vm_name, vm.host, vm.state, vm.vm_id, ...vm.networks, ...vm.ip_addresses]
    .join("\n")
    .toLowerCase();
}
