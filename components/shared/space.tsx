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
  const text = `${formatBytes(free)} free of ${formatBytes(total)}`;
  return (
    <>
      <span className="whitespace-nowrap">
        {formatBytes(free)}{" "}
        <span className="text-muted">
          {brief ? "of" : "free of"} {formatBytes(total)}
        </span>
      </span>
      <Meter label={`${label} in use`} used={total - free} total={total} text={text} />
    </>
  );
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

/** Virtual processors of VMs that hold some, for each logical processor: `2.5 : 1`. */
export function vcpuRatio(committed: number, logical: number): string {
  return logical === 0 ? "–" : `${(committed / logical).toFixed(1)} : 1`;
}
