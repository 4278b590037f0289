import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";
import { findByName, type NetworkEntry, readHostResources } from "./host-resources";
import { formatMac } from "./records";

/** The network of the host's resources with this name, whose virtual switch the host has. */
export function requireNetwork(context: AgentContext, wanted: string): NetworkEntry {
  const { fleet, host } = context;
  const network = findByName(readHostResources(fleet, host).networks, wanted);
  if (network === null) {
    throw new AgentError("network_not_found", `The host has no network named ${wanted}.`, "network");
  }
  const { virtual_switch } = network.configuration;
  if (host.switches.includes(virtual_switch)) return network;
  throw new AgentError(
    "network_not_found",
    `The network ${network.name} is on the virtual switch ${virtual_switch}, which the host does not have.`,
    "network",
  );
}

/** The twelve digits of `mac_address`; null: it was not given. */
export function readMac(context: AgentContext): string | null {
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

/** @param nicId the adapter that it is for; null: a new one. */
export function requireFreeMac(context: AgentContext, mac: string, nicId: string | null): void {
  for (const vm of context.host.vms.values()) {
    if (!vm.adapters.some((adapter) => adapter.mac === mac && adapter.id !== nicId)) continue;
    throw new AgentError(
      "mac_address_taken",
      `The VM ${vm.name} has the MAC address ${formatMac(mac)} already.`,
      "mac_address",
    );
  }
}
