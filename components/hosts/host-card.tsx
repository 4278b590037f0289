import { Age, Time } from "@/components/shared/time";
import { Alert } from "@/components/ui/alert";
import { Meter } from "@/components/ui/meter";
import { formatBytes } from "@/lib/client/format";
import type { HostRecord, HostView } from "@/lib/domain/inventory";
import { HostStateBadge } from "./host-state-badge";

export function HostCard({ host }: { host: HostView }) {
  const { record } = host;
  return (
    <article aria-labelledby={`host-${host.name}`} className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`host-${host.name}`} className="font-semibold text-base">
          {host.name}
        </h2>
        <HostStateBadge state={host.state} />
        <span className="text-muted">
          {record?.cluster ? `in ${record.cluster}` : record ? "standalone" : null}
        </span>
        <span className="text-muted sm:ml-auto">
          {host.as_of ? (
            <>
              as of <Age iso={host.as_of} />
              {host.refresh === null ? null : `, read in ${(host.refresh.duration_ms / 1_000).toFixed(1)} s`}
            </>
          ) : (
            "not read yet"
          )}
        </span>
      </div>
      <p className="break-all font-mono text-muted text-xs">{host.address}</p>
      {host.error ? (
        <div className="mt-3">
          <Alert tone="bad" title={host.error.message}>
            <p>{host.error.next}</p>
            <p className="text-muted text-xs">
              Since <Time iso={host.error.since} /> · <span className="font-mono">{host.error.code}</span>
            </p>
          </Alert>
        </div>
      ) : null}
      {record ? <Facts record={record} vmCount={host.vm_count} /> : null}
    </article>
  );
}

function Facts({ record, vmCount }: { record: HostRecord; vmCount: number }) {
  const usedMemory = record.memory_total_bytes - record.memory_available_bytes;
  const memoryText = `${formatBytes(record.memory_available_bytes)} free of ${formatBytes(record.memory_total_bytes)}`;
  return (
    <>
      {record.resources_error ? (
        <div className="mt-3">
          <Alert tone="warn" title="The host's resources file could not be read">
            <p>{record.resources_error}</p>
            <p>Until it is corrected, no VM can be created on this host.</p>
          </Alert>
        </div>
      ) : null}
      <dl className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
        <Fact term="Memory">
          {memoryText}
          <Meter
            label="Memory in use"
            used={usedMemory}
            total={record.memory_total_bytes}
            text={memoryText}
          />
        </Fact>
        <Fact term="Machine">
          {record.logical_processors} logical processors, {vmCount} {vmCount === 1 ? "VM" : "VMs"}
          <div className="text-muted text-xs">
            {record.os_version}, PowerShell {record.powershell_version}
          </div>
        </Fact>
        <Fact term="Storage">
          <ul className="space-y-1.5">
            {record.storage_classes.map((storage) => (
              <li key={storage.name}>
                <StorageSpace storage={storage} />
              </li>
            ))}
          </ul>
        </Fact>
        <Fact term="Networks and images">
          <div>{record.networks.map((network) => network.name).join(", ") || "No networks"}</div>
          <div className="text-muted">
            {record.images.map((image) => image.name).join(", ") || "No images"}
          </div>
        </Fact>
      </dl>
    </>
  );
}

function StorageSpace({ storage }: { storage: HostRecord["storage_classes"][number] }) {
  const { name, capacity_bytes: capacity, free_bytes: free, shared } = storage;
  if (capacity === null || free === null) return <span className="text-warn">{name}: cannot be read</span>;
  const text = `${formatBytes(free)} free of ${formatBytes(capacity)}`;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          {name}
          {shared ? <span className="ml-1.5 text-muted text-xs">shared</span> : null}
        </span>
        <span className="text-xs">{text}</span>
      </div>
      <Meter label={`${name} in use`} used={capacity - free} total={capacity} text={text} />
    </>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="mb-0.5 text-muted text-xs">{term}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
