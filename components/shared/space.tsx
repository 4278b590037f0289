import { Meter } from "@/components/ui/meter";
import { formatBytes } from "@/lib/domain/amounts";
import type { HostRecord, StorageClassRecord } from "@/lib/domain/inventory";

interface SpaceProps {
  /** What is measured, for the meter's name: `Memory of hv01`. */
  label: string;
  free: number;
  total: number;
  /** Without the word "free", where a heading says it. */
  brief?: boolean;
}

/** How much is free of how much, with a meter. */
export function Space({ label, free, total, brief = false }: SpaceProps) {
  return (
    <>
      <span className="whitespace-nowrap">
        {formatBytes(free)}{" "}
        <span className="text-muted">
          {brief ? "of" : "free of"} {formatBytes(total)}
        </span>
      </span>
      <SpaceMeter label={label} free={free} total={total} />
    </>
  );
}

/** One of several things that have room, where there is little: its name and what is free, with a meter. */
export function NamedSpace({
  name,
  of,
  free,
  total,
}: {
  name: string;
  of: string;
  free: number;
  total: number;
}) {
  return (
    <>
      <div className="flex justify-between gap-2 leading-4" title={`${name}: ${spaceWords(free, total)}`}>
        <span className="truncate text-muted">{name}</span>
        <span className="whitespace-nowrap">{formatBytes(free)}</span>
      </div>
      <SpaceMeter label={`${name} of ${of}`} free={free} total={total} />
    </>
  );
}

/** The meter alone, for where its words stand otherwise. */
export function SpaceMeter({ label, free, total }: Omit<SpaceProps, "brief">) {
  return <Meter label={`${label} in use`} used={total - free} total={total} text={spaceWords(free, total)} />;
}

/** `12 GB free of 64 GB` */
function spaceWords(free: number, total: number): string {
  return `${formatBytes(free)} free of ${formatBytes(total)}`;
}

/** The memory that a host has left. */
export function HostMemory({ name, record }: { name: string; record: HostRecord }) {
  return (
    <Space
      label={`Memory of ${name}`}
      free={record.memory_available_bytes}
      total={record.memory_total_bytes}
    />
  );
}

/** The room that a storage class has left, or that nobody can see it. */
export function StorageSpace({ storage, of }: { storage: StorageClassRecord; of: string }) {
  const { name, capacity_bytes: capacity, free_bytes: free } = storage;
  if (capacity === null || free === null) return <span className="text-bad">cannot be read</span>;
  return <Space label={`${name} of ${of}`} free={free} total={capacity} />;
}
