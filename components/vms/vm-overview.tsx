import type { ReactNode } from "react";
import { AddressList } from "@/components/shared/address-list";
import { CopyValue } from "@/components/shared/copy-value";
import { VisibleText } from "@/components/shared/visible-text";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { type Fact, Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { formatBytes, formatDuration } from "@/lib/domain/amounts";
import { notesWithoutMarker } from "@/lib/domain/deployment-marker";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { startOf } from "@/lib/domain/start-of";
import { VmClusterRole } from "./vm-cluster-role";
import { VmFailures } from "./vm-failures";
import { Provenance } from "./vm-provenance";
import { heartbeatFace, type StateFace } from "./vm-words";

/** What the lines that are shown of the notes can hold. */
const NOTES_SHOWN = { characters: 1_000, lines: 6 };

interface VmOverviewProps {
  vm: VmView;
  host: HostView | undefined;
  jobs: readonly JobView[];
}

/** What a VM is made of, what its guest tells, and what it is known by. */
export function VmOverview({ vm, host, jobs }: VmOverviewProps) {
  const notes = notesWithoutMarker(vm.notes);
  return (
    <div className="space-y-4">
      <VmFailures jobs={jobs} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          <Card title="Hardware">
            <Facts facts={hardwareOf(vm)} layout="rows" />
          </Card>
          <Card title="Origin">
            <Provenance notes={vm.notes} />
          </Card>
          {notes === "" ? null : (
            <Card
              title="Notes"
              actions={
                <TextLink href="?tab=notes" className="text-sm">
                  All notes
                </TextLink>
              }
            >
              <p className="line-clamp-5 whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
                <VisibleText text={startOf(notes, NOTES_SHOWN)} lines />
              </p>
            </Card>
          )}
        </div>
        <div className="space-y-4">
          <Card title="Guest">
            <Facts facts={guestOf(vm)} layout="rows" />
          </Card>
          <VmClusterRole vm={vm} host={host} jobs={jobs} />
          <Card title="Identity">
            <Facts facts={identityOf(vm)} layout="rows" />
          </Card>
        </div>
      </div>
    </div>
  );
}

function hardwareOf(vm: VmView): Fact[] {
  const load = vm.cpu_load_percent;
  const size = vm.disks.reduce((sum, { size_bytes }) => sum + (size_bytes ?? 0), 0);
  return [
    {
      term: "Processors",
      value: `${vm.cpu_cores} virtual${load === null ? "" : `, ${load} % in use`}`,
    },
    { term: "Memory", value: memoryWords(vm) },
    {
      term: "Disks",
      value: vm.disks.length === 0 ? "none" : `${vm.disks.length}, ${formatBytes(size)} in all`,
    },
    { term: "Network adapters", value: vm.nics.length === 0 ? "none" : String(vm.nics.length) },
    { term: "Checkpoints", value: vm.checkpoints === 0 ? "none" : String(vm.checkpoints) },
    { term: "Generation", value: String(vm.generation) },
    { term: "Uptime", value: vm.uptime_ms > 0 ? formatDuration(vm.uptime_ms) : <Quiet>not up</Quiet> },
  ];
}

function memoryWords(vm: VmView): string {
  const kind = vm.dynamic_memory ? "dynamic" : "static";
  const startup = formatBytes(vm.memory_startup_bytes);
  if (vm.memory_assigned_bytes === 0) return `${startup} at start, ${kind}`;
  const assigned = formatBytes(vm.memory_assigned_bytes);
  return assigned === startup ? `${assigned}, ${kind}` : `${assigned} assigned, ${startup} at start, ${kind}`;
}

function guestOf(vm: VmView): Fact[] {
  const addresses = vm.nics.flatMap(({ ip_addresses }) => ip_addresses);
  const rests = vm.state === "off" || vm.state === "saved";
  const untold = <Quiet>{rests ? "not known while it does not run" : "not told by the guest"}</Quiet>;
  return [
    { term: "Operating system", value: vm.guest_os === null ? untold : <VisibleText text={vm.guest_os} /> },
    {
      term: "Host name",
      value:
        vm.guest_host_name === null ? untold : <CopyValue what="the host name" text={vm.guest_host_name} />,
    },
    {
      term: "Heartbeat",
      value:
        vm.heartbeat === null ? (
          <Quiet>none</Quiet>
        ) : (
          <Mark face={heartbeatFace(vm.heartbeat)} stale={vm.stale} />
        ),
    },
    {
      term: "Addresses",
      value: addresses.length === 0 ? untold : <AddressList addresses={addresses} />,
    },
  ];
}

function identityOf(vm: VmView): Fact[] {
  return [
    { term: "VM id", value: <CopyValue what="the VM id" text={vm.vm_id} mono /> },
    { term: "Name", value: <CopyValue what="the name" text={vm.vm_name} /> },
  ];
}

/** @param stale the host does not answer: the colour would promise too much, and so would the word alone */
function Mark({ face: { word, tone }, stale }: { face: StateFace; stale: boolean }) {
  return <Badge tone={stale ? "neutral" : tone}>{stale ? `last known: ${word}` : word}</Badge>;
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}
