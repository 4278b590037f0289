import { z } from "zod";
import {
  addAdapter,
  connectAdapter,
  disconnectAdapter,
  getAdapter,
  removeAdapter,
  renameAdapter,
  setAdapterMac,
  setAdapterVlan,
} from "../../host/adapters";
import { DURATION } from "../../host/durations";
import type { Host, NetworkAdapter, VirtualMachine } from "../../host/model";
import { settingId, switchGuid } from "./instance-ids";
import { type JsonObject, standInCall, vmOf } from "./stand-in-call";

const one = { vm_id: z.string(), adapter_id: z.string() };

/** `Get-VMNetworkAdapter`. */
export const listAdapters = standInCall(z.strictObject({ vm_id: z.string() }), (context, args) => {
  const vm = vmOf(context, args.vm_id);
  return vm.adapters.map((adapter) => adapterObject(context.host, vm, adapter));
});

/** `Add-VMNetworkAdapter`. */
export const addOneAdapter = standInCall(
  z.strictObject({
    vm_id: z.string(),
    name: z.string(),
    switch_name: z.string().nullable(),
    /** null: dynamic. */
    mac: z.string().nullable(),
  }),
  async (context, args) => {
    await context.takes(DURATION.addAdapter);
    const { host } = context;
    const vm = vmOf(context, args.vm_id);
    const adapter = addAdapter(vm, args.name);
    try {
      if (args.switch_name !== null) connectAdapter(host, adapter, args.switch_name);
      if (args.mac !== null) setAdapterMac({ ...vm, state: "off" }, adapter, args.mac);
    } catch (error) {
      removeAdapter(vm, adapter.id);
      throw error;
    }
    return adapterObject(host, vm, adapter);
  },
);

/** A call that changes an adapter and gives it back. */
function change<Arguments extends { vm_id: string; adapter_id: string }>(
  schema: z.ZodType<Arguments>,
  apply: (host: Host, vm: VirtualMachine, adapter: NetworkAdapter, args: Arguments) => void,
) {
  return standInCall(schema, async (context, args) => {
    await context.takes(DURATION.changeAdapter);
    const vm = vmOf(context, args.vm_id);
    const adapter = getAdapter(vm, args.adapter_id);
    apply(context.host, vm, adapter, args);
    return adapterObject(context.host, vm, adapter);
  });
}

/** `Rename-VMNetworkAdapter`. */
export const renameOneAdapter = change(
  z.strictObject({ ...one, name: z.string() }),
  (_host, _vm, adapter, args) => renameAdapter(adapter, args.name),
);

/** `Connect-VMNetworkAdapter`; null: `Disconnect-VMNetworkAdapter`. */
export const connectOneAdapter = change(
  z.strictObject({ ...one, switch_name: z.string().nullable() }),
  (host, _vm, adapter, args) => {
    if (args.switch_name === null) disconnectAdapter(adapter);
    else connectAdapter(host, adapter, args.switch_name);
  },
);

/** `Set-VMNetworkAdapter -StaticMacAddress`; null: `-DynamicMacAddress`. */
export const setMac = change(
  z.strictObject({ ...one, mac: z.string().nullable() }),
  (_host, vm, adapter, args) => setAdapterMac(vm, adapter, args.mac),
);

/** `Set-VMNetworkAdapterVlan -Access -VlanId`; null: `-Untagged`. */
export const setVlan = change(
  z.strictObject({ ...one, vlan_id: z.int().nullable() }),
  (_host, _vm, adapter, args) => setAdapterVlan(adapter, args.vlan_id),
);

/** `Remove-VMNetworkAdapter`. */
export const removeOneAdapter = standInCall(z.strictObject(one), async (context, args) => {
  await context.takes(DURATION.changeAdapter);
  const vm = vmOf(context, args.vm_id);
  removeAdapter(vm, getAdapter(vm, args.adapter_id).id);
  return null;
});

/** An adapter in the members of `Microsoft.HyperV.PowerShell.VMNetworkAdapter`. */
function adapterObject(host: Host, vm: VirtualMachine, adapter: NetworkAdapter): JsonObject {
  return {
    Id: settingId(vm.id, adapter.id.toUpperCase()),
    AdapterId: adapter.id.toUpperCase(),
    Name: adapter.name,
    VMId: vm.id,
    VMName: vm.name,
    ComputerName: host.computerName,
    SwitchName: adapter.switchName,
    SwitchId: adapter.switchName === null ? null : switchGuid(host, adapter.switchName).toLowerCase(),
    Connected: adapter.switchName !== null,
    MacAddress: adapter.mac ?? "000000000000",
    DynamicMacAddressEnabled: adapter.dynamicMac,
    IPAddresses: adapter.ipAddresses,
  };
}
