import { addAdapter, connectAdapter } from "../host/virtual-machines";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";
import { DURATION } from "./durations";
import { findByName, readHostResources } from "./host-resources";
import { markStep } from "./notes-marker";
import { formatMac, nicRecords } from "./records";

/** Counterpart of `nic/create`. */
export async function createNic(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host, spec, events } = context;
  const vm = requireVm(context);
  const wanted = spec.text("network");
  const network = findByName(readHostResources(fleet, host).networks, wanted);
  if (network === null) {
    throw new AgentError(
      "network_not_found",
      `${host.computerName} has no network with the name ${wanted}.`,
      "network",
    );
  }
  const { virtual_switch, vlan_id } = network.configuration;
  if (!host.switches.includes(virtual_switch)) {
    throw new AgentError(
      "network_not_found",
      `The network ${network.name} is on the virtual switch ${virtual_switch}, which ${host.computerName} does not have.`,
      "network",
    );
  }
  const name = spec.optionalText("adapter_name") ?? network.name;
  await context.work(DURATION.getVm);
  const mac = readMac(context);
  if (mac !== null) requireFreeMac(context, mac);

  markStep(context, vm);
  events.event("information", `Connecting the adapter ${name} to ${virtual_switch}, VLAN ${vlan_id}.`);
  const adapter = await context.hyperV(DURATION.addAdapter, () => {
    const added = addAdapter(vm, name);
    connectAdapter(host, added, virtual_switch);
    added.vlanId = vlan_id;
    added.dynamicMac = mac === null;
    added.mac = mac;
    return added;
  });
  return { nic_id: adapter.id, adapter_name: adapter.name, mac_address: formatMac(adapter.mac) };
}

/** Counterpart of `nic/read`. */
export async function readNics(context: AgentContext): Promise<AgentOutputs> {
  await context.work(DURATION.getVm);
  return { nics: nicRecords(context.fleet, context.host, requireVm(context)) };
}

function readMac(context: AgentContext): string | null {
  const text = context.spec.optionalText("mac_address");
  if (text === null) return null;
  const isAdapters = /^[0-9A-F][02468ACE](-[0-9A-F]{2}){5}$/i.test(text) && !/^00(-00){5}$/.test(text);
  if (isAdapters) return text.replaceAll("-", "").toUpperCase();
  throw new AgentError(
    "invalid_request",
    "The MAC address is not that of one adapter, written as 00-15-5D-01-02-03.",
    "mac_address",
  );
}

function requireFreeMac(context: AgentContext, mac: string): void {
  for (const vm of context.host.vms.values()) {
    if (!vm.adapters.some((adapter) => adapter.mac === mac)) continue;
    throw new AgentError(
      "mac_address_taken",
      `The VM ${vm.name} has the MAC address ${formatMac(mac)} already.`,
      "mac_address",
    );
  }
}
