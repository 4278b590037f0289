import { randomUUID } from "node:crypto";
import { HyperVError, invalidState } from "./hyperv-error";
import type { Host, NetworkAdapter, VirtualMachine } from "./model";

/** Like `Add-VMNetworkAdapter`. With generation 1 the VM must be off. */
export function addAdapter(vm: VirtualMachine, name: string): NetworkAdapter {
  requireHotPlug(vm, "Add-VMNetworkAdapter");
  const adapter: NetworkAdapter = {
    id: randomUUID(),
    name,
    switchName: null,
    vlanId: null,
    dynamicMac: true,
    mac: null,
    ipAddresses: [],
  };
  vm.adapters.push(adapter);
  vm.bootOrder.push(`nic:${adapter.id}`);
  return adapter;
}

/** Like `Remove-VMNetworkAdapter`. With generation 1 the VM must be off. */
export function removeAdapter(vm: VirtualMachine, id: string): void {
  requireHotPlug(vm, "Remove-VMNetworkAdapter");
  vm.adapters = vm.adapters.filter((adapter) => adapter.id !== id);
  vm.bootOrder = vm.bootOrder.filter((device) => device !== `nic:${id}`);
}

/** The adapter of this id; throws as a cmdlet does that is given one which is gone. */
export function getAdapter(vm: VirtualMachine, id: string): NetworkAdapter {
  const found = vm.adapters.find((adapter) => adapter.id === id.toLowerCase());
  if (found !== undefined) return found;
  throw new HyperVError(
    "ObjectNotFound",
    "ObjectNotFound",
    `The network adapter of '${vm.name}' could not be found: it may have been removed.`,
  );
}

/** Like `Connect-VMNetworkAdapter -SwitchName`, in any state. */
export function connectAdapter(host: Host, adapter: NetworkAdapter, switchName: string): void {
  const found = host.switches.find((name) => name.toLowerCase() === switchName.toLowerCase());
  if (found === undefined) {
    throw new HyperVError(
      "InvalidParameter",
      "InvalidArgument",
      `Hyper-V was unable to find a virtual switch with name "${switchName}".`,
    );
  }
  adapter.switchName = found;
}

/** Like `Disconnect-VMNetworkAdapter`, in any state; the VLAN stays. */
export function disconnectAdapter(adapter: NetworkAdapter): void {
  adapter.switchName = null;
}

/** Like `Rename-VMNetworkAdapter`, in any state. */
export function renameAdapter(adapter: NetworkAdapter, name: string): void {
  adapter.name = name;
}

/** Like `Set-VMNetworkAdapterVlan -Access -VlanId`; null: `-Untagged`. In any state. */
export function setAdapterVlan(adapter: NetworkAdapter, vlanId: number | null): void {
  if (vlanId !== null && (!Number.isInteger(vlanId) || vlanId < 1 || vlanId > 4094)) {
    throw new HyperVError("InvalidParameter", "InvalidArgument", "The VLAN ID must be from 1 to 4094.");
  }
  adapter.vlanId = vlanId;
}

/**
 * Like `Set-VMNetworkAdapter -StaticMacAddress`; null: `-DynamicMacAddress`. The VM must be off.
 *
 * @param mac twelve hexadecimal digits, with or without hyphens or colons between the pairs.
 */
export function setAdapterMac(vm: VirtualMachine, adapter: NetworkAdapter, mac: string | null): void {
  if (vm.state !== "off") throw invalidState(vm, "Set-VMNetworkAdapter");
  if (mac === null) {
    adapter.dynamicMac = true;
    adapter.mac = null;
    return;
  }
  const digits = mac.replaceAll(/[-:]/g, "").toUpperCase();
  if (!/^[0-9A-F]{12}$/.test(digits)) {
    throw new HyperVError("InvalidParameter", "InvalidArgument", `The MAC address "${mac}" is not valid.`);
  }
  adapter.dynamicMac = false;
  adapter.mac = digits;
}

function requireHotPlug(vm: VirtualMachine, cmdlet: string): void {
  if (vm.state === "off" || (vm.generation === 2 && vm.state === "running")) return;
  throw invalidState(vm, cmdlet);
}

/** The next address of the host's own range, as an adapter without a static one gets it at its first start. */
export function nextDynamicMac(host: Host): string {
  host.lastDynamicMac += 1;
  return host.lastDynamicMac.toString(16).toUpperCase().padStart(12, "0");
}
