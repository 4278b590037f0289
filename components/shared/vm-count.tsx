import { formatCount } from "@/lib/domain/amounts";
import type { VmTally } from "@/lib/domain/capacity";

/** How many VMs there are, and apart from them how many were there when hosts that do not answer were last read. */
export function VmCount({ vm_count: count, vms_last_known: lastKnown }: VmTally) {
  if (lastKnown === 0) return formatCount(count);
  return (
    <>
      {count === 0 ? null : formatCount(count)}
      <div className="whitespace-nowrap text-muted text-xs">{formatCount(lastKnown)} last known</div>
    </>
  );
}
