import type { Fleet } from "../host/fleet";
import type { Host, NetworkAdapter, VirtualMachine } from "../host/model";

const FIRST_LEASE = 100;
const LAST_LEASE = 199;

/**
 * The addresses that a guest has on its adapters: on the first the static one it was given, otherwise what
 * DHCP gives there; without DHCP one of its own making (169.254.0.0/16, RFC 3927).
 */
export function bringUpAddresses(
  fleet: Fleet,
  host: Host,
  vm: VirtualMachine,
  applied: Readonly<Record<string, string>> | null,
): void {
  for (const [index, adapter] of vm.adapters.entries()) {
    if (adapter.switchName === null) continue;
    const fixed = index === 0 ? applied?.guest_v4_ip_addr : undefined;
    adapter.ipAddresses = [fixed ?? lease(fleet, host, adapter) ?? linkLocal(adapter)];
  }
}

/** A free address of the adapter's network; null: there is no DHCP server, or it has none left. */
function lease(fleet: Fleet, host: Host, adapter: NetworkAdapter): string | null {
  const network = dhcpNetwork(host, adapter);
  if (network === null) return null;
  const taken = new Set(
    [...fleet.hosts.values()]
      .flatMap((other) => [...other.vms.values()])
      .flatMap((other) => other.adapters.filter((candidate) => candidate !== adapter))
      .flatMap((other) => other.ipAddresses),
  );
  const prefix = network.slice(0, network.lastIndexOf(".") + 1);
  for (let last = FIRST_LEASE; last <= LAST_LEASE; last += 1) {
    if (!taken.has(`${prefix}${last}`)) return `${prefix}${last}`;
  }
  return null;
}

interface ResourcesDocument {
  networks?: {
    configuration?: { virtual_switch?: string; vlan_id?: number };
    ip_settings?: { network_address?: string; dhcp_available?: boolean };
  }[];
}

/** The network address of the adapter's VLAN, where the host's resources say that DHCP is there. */
function dhcpNetwork(host: Host, adapter: NetworkAdapter): string | null {
  const document: ResourcesDocument = JSON.parse(host.hostResources ?? "{}");
  const network = document.networks?.find(
    ({ configuration }) =>
      configuration?.virtual_switch === adapter.switchName && configuration.vlan_id === adapter.vlanId,
  );
  const settings = network?.ip_settings;
  return settings?.dhcp_available === true ? (settings.network_address ?? null) : null;
}

function linkLocal(adapter: NetworkAdapter): string {
  const mac = Number.parseInt((adapter.mac ?? "0").slice(-4), 16);
  return `169.254.${1 + ((mac >> 8) % 254)}.${mac & 0xff}`;
}
