import { VisibleText } from "@/components/shared/visible-text";
import { Badge } from "@/components/ui/badge";
import { Empty } from "@/components/ui/empty";
import { NoValue } from "@/components/ui/no-value";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { NetworkRecord } from "@/lib/domain/inventory";

/** Networks that VMs of a host can be connected to, and whether they can be. */
export function HostNetworks({ networks }: { networks: readonly NetworkRecord[] }) {
  if (networks.length === 0) {
    return <Empty title="No networks">The host's resources file names none.</Empty>;
  }
  return (
    <Table
      caption="Networks"
      head={
        <>
          <Th>Name</Th>
          <Th className="text-right">VLAN</Th>
          <Th>Virtual switch</Th>
          <Th>Subnet</Th>
          <Th>Gateway</Th>
          <Th>DNS</Th>
          <Th>DHCP</Th>
        </>
      }
    >
      {networks.map((network) => (
        <NetworkRow key={network.name} network={network} />
      ))}
    </Table>
  );
}

function NetworkRow({ network }: { network: NetworkRecord }) {
  const { name, vlan_id, virtual_switch, virtual_switch_present: present, ip_settings: ip } = network;
  const subnet = [ip?.network_address, ip?.subnet_mask].filter(Boolean).join(" / ");
  return (
    <tr>
      <RowHeader>
        <VisibleText text={name} />
      </RowHeader>
      <Td className="text-right">{vlan_id}</Td>
      <Td>
        <VisibleText text={virtual_switch} />
        {present ? null : (
          <span className="ml-2">
            <Badge tone="warn">not on this host</Badge>
          </span>
        )}
      </Td>
      <Td className="whitespace-nowrap font-mono">{subnet || <NoValue what="not told" />}</Td>
      <Td className="font-mono">{ip?.gateway ?? <NoValue what="not told" />}</Td>
      <Td className="font-mono">
        {[ip?.dns, ip?.dns_secondary].filter(Boolean).join(", ") || <NoValue what="not told" />}
      </Td>
      <Td>{dhcpWord(ip?.dhcp_available ?? null) ?? <NoValue what="not told" />}</Td>
    </tr>
  );
}

function dhcpWord(available: boolean | null): string | null {
  return available === null ? null : available ? "yes" : "no";
}
