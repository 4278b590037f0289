import {
  connectAdapter,
  disconnectAdapter,
  removeAdapter,
  renameAdapter,
  setAdapterMac,
  setAdapterVlan,
} from "../host/adapters";
import { DURATION } from "../host/durations";
import type { NetworkAdapter, VirtualMachine } from "../host/model";
import { type AgentContext, type AgentOutputs, requireState, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import type { NetworkEntry } from "./host-resources";
import { readMac, requireFreeMac, requireNetwork } from "./nic-checks";
import { formatMac } from "./records";

/** Counterpart of `nic/update`: everything is checked before the first thing is changed. */
export async function updateNic(context: AgentContext): Promise<AgentOutputs> {
  const { spec, events } = context;
  const vm = requireVm(context);
  const adapter = requireAdapter(context, vm);
  const name = spec.optionalText("adapter_name") ?? adapter.name;
  const wantedNetwork = spec.optionalText("network");
  const network = wantedNetwork === null ? null : requireNetwork(context, wantedNetwork);
  await context.work(DURATION.getVm);
  const mac = readMac(context);
  if (mac !== null) requireFreeMac(context, mac, adapter.id);
  const newMac = mac !== null && (adapter.dynamicMac || adapter.mac !== mac) ? mac : null;
  if (newMac !== null) requireState(vm, ["off"], "the MAC address can be changed", "mac_address");
  if (network !== null) requireState(vm, ["off", "running"], "the network can be changed", "network");
  if (name !== adapter.name) {
    requireState(vm, ["off", "running"], "the adapter can be renamed", "adapter_name");
  }

  if (newMac !== null) {
    events.event("information", `Setting the MAC address to ${spec.text("mac_address")}.`);
    await context.hyperV(DURATION.changeAdapter, () => setAdapterMac(vm, adapter, newMac));
  }
  if (name !== adapter.name) {
    events.event("information", `Renaming the adapter ${adapter.name} to ${name}.`);
    await context.hyperV(DURATION.changeAdapter, () => renameAdapter(adapter, name));
  }
  if (network !== null) await moveTo(context, adapter, network);
  return { nic_id: adapter.id, adapter_name: adapter.name, mac_address: formatMac(adapter.mac) };
}

/** Counterpart of `nic/delete`. */
export async function deleteNic(context: AgentContext): Promise<AgentOutputs> {
  const vm = requireVm(context);
  const adapter = requireAdapter(context, vm);
  await context.work(DURATION.getVm);
  requireState(
    vm,
    vm.generation === 2 ? ["off", "running"] : ["off"],
    "an adapter can be taken out",
    "nic_id",
  );
  context.events.event("information", `Taking out the adapter ${adapter.name}.`);
  await context.hyperV(DURATION.changeAdapter, () => removeAdapter(vm, adapter.id));
  return {};
}

/** Between two switches the adapter is disconnected first: it never stands in a network nobody chose. */
async function moveTo(context: AgentContext, adapter: NetworkAdapter, network: NetworkEntry): Promise<void> {
  const { host, events } = context;
  const { virtual_switch, vlan_id } = network.configuration;
  events.event("information", `Connecting ${adapter.name} to the network ${network.name}, VLAN ${vlan_id}.`);
  const isSameSwitch = adapter.switchName === virtual_switch;
  if (!isSameSwitch) await context.hyperV(DURATION.changeAdapter, () => disconnectAdapter(adapter));
  await context.hyperV(DURATION.changeAdapter, () => {
    setAdapterVlan(adapter, vlan_id);
    if (!isSameSwitch) connectAdapter(host, adapter, virtual_switch);
  });
}

function requireAdapter(context: AgentContext, vm: VirtualMachine): NetworkAdapter {
  const id = context.spec.guid("nic_id");
  const found = vm.adapters.find((adapter) => adapter.id === id);
  if (found !== undefined) return found;
  throw new AgentError("nic_not_found", `The VM ${vm.name} has no network adapter ${id}.`, "nic_id");
}
