import { addAdapter, connectAdapter } from "../host/adapters";
import { DURATION } from "../host/durations";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { readMac, requireFreeMac, requireNetwork } from "./nic-checks";
import { markStep } from "./notes-marker";
import { formatMac, nicRecords } from "./records";

/** Counterpart of `nic/create`. */
export async function createNic(context: AgentContext): Promise<AgentOutputs> {
  const { host, spec, events } = context;
  const vm = requireVm(context);
  const network = requireNetwork(context, spec.text("network"));
  const { virtual_switch, vlan_id } = network.configuration;
  const name = spec.optionalText("adapter_name") ?? network.name;
  await context.work(DURATION.getVm);
  const mac = readMac(context);
  if (mac !== null) requireFreeMac(context, mac, null);

  markStep(context, vm);
  events.event("information", `Connecting ${name} to the network ${network.name}, VLAN ${vlan_id}.`);
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
