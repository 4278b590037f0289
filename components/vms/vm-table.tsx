import { memo } from "react";
import { Age } from "@/components/shared/time";
import { Badge } from "@/components/ui/badge";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { formatBytes, formatDuration } from "@/lib/client/format";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { VmStateBadge } from "./vm-state-badge";

interface VmTableProps {
  vms: readonly VmSummary[];
  hosts: ReadonlyMap<string, HostView>;
}

export function VmTable({ vms, hosts }: VmTableProps) {
  return (
    <Table
      caption="Virtual machines"
      head={
        <>
          <Th>Name</Th>
          <Th>State</Th>
          <Th>Host</Th>
          <Th className="text-right">Memory</Th>
          <Th className="text-right">CPUs</Th>
          <Th>Networks</Th>
          <Th>Addresses</Th>
          <Th>As of</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </>
      }
    >
      {vms.map((vm) => (
        <VmRow key={vm.vm_id} vm={vm} host={hosts.get(vm.host)} />
      ))}
    </Table>
  );
}

const VmRow = memo(function VmRow({ vm, host }: { vm: VmSummary; host: HostView | undefined }) {
  const stale = host?.state === "unreachable";
  const asOf = host?.as_of ?? null;
  return (
    <tr className={stale ? "text-muted" : "hover:bg-raised/60"}>
      <RowHeader title={vm.vm_id}>{vm.vm_name}</RowHeader>
      <Td title={vm.uptime_ms > 0 ? `up ${formatDuration(vm.uptime_ms)}` : undefined}>
        <VmStateBadge state={vm.state} stale={stale} />
      </Td>
      <Td className="whitespace-nowrap">
        {vm.host}
        {vm.cluster_role !== null ? <span className="ml-1.5 text-muted text-xs">clustered</span> : null}
      </Td>
      <Td className="whitespace-nowrap text-right">
        {formatBytes(vm.memory_assigned_bytes || vm.memory_startup_bytes)}
      </Td>
      <Td className="text-right">{vm.cpu_cores}</Td>
      <Td>{vm.networks.join(", ") || <None what="No network" />}</Td>
      <Td className="font-mono text-xs leading-5">
        {vm.ip_addresses.length > 0 ? (
          vm.ip_addresses.map((address) => <div key={address}>{address}</div>)
        ) : (
          <None what="No address" />
        )}
      </Td>
      <Td className="text-muted">
        {asOf === null ? null : stale ? (
          <Badge tone="warn">
            last known <Age iso={asOf} />
          </Badge>
        ) : (
          <Age iso={asOf} />
        )}
      </Td>
      <Td>
        <TextLink
          href={`/vms/new?from=${encodeURIComponent(`vm:${vm.vm_id}`)}`}
          aria-label={`Duplicate ${vm.vm_name}`}
          prefetch={false}
        >
          Duplicate
        </TextLink>
      </Td>
    </tr>
  );
});

function None({ what }: { what: string }) {
  return (
    <>
      <span aria-hidden="true" className="text-muted">
        –
      </span>
      <span className="sr-only">{what}</span>
    </>
  );
}
