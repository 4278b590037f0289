import { vmAddress } from "@/components/jobs/addresses";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";
import { type Column, VirtualTable } from "@/components/ui/virtual-table";
import { VmStateBadge } from "@/components/vms/vm-state-badge";
import { formatBytes } from "@/lib/client/format";
import type { HostView, VmSummary } from "@/lib/domain/inventory";

interface HostVmsProps {
  vms: readonly VmSummary[];
  hosts: ReadonlyMap<string, HostView>;
  caption: string;
}

export function HostVms({ vms, caption }: HostVmsProps) {
  if (vms.length === 0) return <Empty title="No VMs" />;
  return <VirtualTable caption={caption} columns={COLUMNS} rows={vms} rowKey={(vm) => vm.vm_id} />;
}

const COLUMNS: readonly Column<VmSummary>[] = [
  {
    key: "name",
    header: "Name",
    width: 16,
    cell: (vm) => <TextLink href={vmAddress(vm.vm_id)}>{vm.vm_name}</TextLink>,
  },
  {
    key: "state",
    header: "State",
    width: 8,
    cell: (vm) => <VmStateBadge state={vm.state} stale={false} />,
  },
  {
    key: "memory",
    header: "Memory",
    width: 8,
    align: "right",
    cell: (vm) => formatBytes(vm.memory_assigned_bytes || vm.memory_startup_bytes),
  },
];
