import { AddressList } from "@/components/shared/address-list";
import { VisibleText } from "@/components/shared/visible-text";
import { CopyText } from "@/components/ui/copy-text";
import { Empty } from "@/components/ui/empty";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { NicRecord, VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";

/** A VM's network adapters, and what they are connected to. */
export function VmNics({ vm }: { vm: VmView }) {
  if (vm.nics.length === 0) return <Empty title="No network adapters">The VM is in no network.</Empty>;
  return (
    <Table
      caption="Network adapters"
      head={
        <>
          <Th>Name</Th>
          <Th>Network</Th>
          <Th>Switch</Th>
          <Th className="text-right">VLAN</Th>
          <Th>MAC address</Th>
          <Th>Addresses</Th>
        </>
      }
    >
      {vm.nics.map((nic) => (
        <NicRow key={nic.nic_id} nic={nic} vm={vm} />
      ))}
    </Table>
  );
}

function NicRow({ nic, vm }: { nic: NicRecord; vm: VmView }) {
  const { adapter_name, network, virtual_switch, vlan_id, mac_address, ip_addresses } = nic;
  return (
    <tr>
      <RowHeader className="min-w-32">
        <VisibleText text={adapter_name} />
      </RowHeader>
      <Td>
        {network === null ? (
          <Quiet>{virtual_switch === null ? "none" : `none of ${vm.host}'s`}</Quiet>
        ) : (
          <VisibleText text={network} />
        )}
      </Td>
      <Td>
        {virtual_switch === null ? <Quiet>not connected</Quiet> : <VisibleText text={virtual_switch} />}
      </Td>
      <Td className="text-right">{vlan_id ?? <Quiet>untagged</Quiet>}</Td>
      <Td className="whitespace-nowrap">
        {mac_address === null ? (
          <Quiet>given at the first start</Quiet>
        ) : (
          <CopyText what={`the MAC address of ${visibleText(adapter_name)}`} text={mac_address} mono />
        )}
      </Td>
      <Td>
        {ip_addresses.length === 0 ? (
          <Quiet>none told</Quiet>
        ) : (
          <AddressList addresses={ip_addresses} className="whitespace-nowrap" />
        )}
      </Td>
    </tr>
  );
}

function Quiet({ children }: { children: string }) {
  return <span className="text-muted">{children}</span>;
}
