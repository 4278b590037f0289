import type { VmView } from "@/lib/domain/inventory";

/** The VMs that every word of `query` is found in: by name, host, state, address, network or id. */
export function filterVms(vms: readonly VmView[], query: string): readonly VmView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return vms;
  return vms.filter((vm) => {
    const text = searchTextOf(vm);
    return words.every((word) => text.includes(word));
  });
}

function searchTextOf(vm: VmView): string {
  const adapters = vm.nics.flatMap((nic) => [nic.network, nic.mac_address, ...nic.ip_addresses]);
  return [vm.vm_name, vm.host, vm.state, vm.vm_id, ...adapters].filter(Boolean).join("\n").toLowerCase();
}
