import { AddressList } from "@/components/shared/address-list";
import { VisibleText } from "@/components/shared/visible-text";
import { CopyText } from "@/components/ui/copy-text";
import { RowMenu } from "@/components/ui/row-menu";
import { ActionsCell, ActionsTh, RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { SubjectDialog } from "@/components/ui/use-subject-dialog";
import { unavailable } from "@/components/vm-actions/unavailable";
import { distinctName } from "@/lib/domain/distinct-names";
import type { NicRecord, VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import { whyNotEdited } from "./nic-changes";
import type { NicSubject } from "./nic-dialog";

interface NicTableProps {
  vm: VmView;
  show: SubjectDialog<NicSubject>["show"];
}

/** A VM's network adapters, what they are connected to, and what can be done with each. */
export function NicTable({ vm, show }: NicTableProps) {
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
          <ActionsTh />
        </>
      }
    >
      {vm.nics.map((nic) => (
        <NicRow key={nic.nic_id} nic={nic} vm={vm} show={show} />
      ))}
    </Table>
  );
}

interface NicRowProps extends NicTableProps {
  nic: NicRecord;
}

function NicRow({ nic, vm, show }: NicRowProps) {
  const { nic_id: nicId, adapter_name, network, virtual_switch, vlan_id } = nic;
  const { mac_address, ip_addresses } = nic;
  const name = distinctName(nic, vm.nics, (each) => each.adapter_name, longNameOf);
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
          <CopyText what={`the MAC address of ${visibleText(name)}`} text={mac_address} mono />
        )}
      </Td>
      <Td>
        {ip_addresses.length === 0 ? (
          <Quiet>none told</Quiet>
        ) : (
          <AddressList addresses={ip_addresses} className="whitespace-nowrap" />
        )}
      </Td>
      <ActionsCell>
        <RowMenu
          label={visibleText(name)}
          actions={[
            {
              label: "Edit",
              unavailable: whyNotEdited((action) => unavailable(action, vm)),
              onSelect: (from) => show({ kind: "edit", nicId, name }, from),
            },
            {
              label: VM_ACTIONS.nic_remove.label,
              tone: "danger",
              unavailable: unavailable("nic_remove", vm),
              onSelect: (from) => show({ kind: "remove", nicId, name }, from),
            },
          ]}
        />
      </ActionsCell>
    </tr>
  );
}

/** Hyper-V calls adapters alike unless somebody names them. */
function longNameOf({ adapter_name, mac_address, network, nic_id }: NicRecord): string {
  return `${adapter_name} (${mac_address ?? network ?? nic_id})`;
}

function Quiet({ children }: { children: string }) {
  return <span className="text-muted">{children}</span>;
}
