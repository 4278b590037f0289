import { formatBytes, formatNeededBytes } from "@/lib/domain/amounts";
import type { FailoverMemory } from "@/lib/domain/capacity";

/** Whether a cluster's VMs still find memory after the loss of a node, in a few words. */
export function HeadroomWords({ failover }: { failover: FailoverMemory | null }) {
  if (failover === null) return <span className="text-muted">fewer than two nodes answer</span>;
  const { headroom_bytes: headroom } = failover;
  return headroom < 0 ? (
    <span className="font-medium text-bad">{formatNeededBytes(-headroom)} missing</span>
  ) : (
    <>
      {formatBytes(headroom)} <span className="text-muted">left</span>
    </>
  );
}

/** How that was computed, with its figures. */
export function HeadroomSum({ failover }: { failover: FailoverMemory | null }) {
  if (failover === null) {
    return <p className="text-muted">It takes two nodes that answer to lose one and go on.</p>;
  }
  const { lost, needed_bytes: needed, available_bytes: available } = failover;
  return (
    <p className="text-muted">
      Losing {lost} would leave the least: {formatBytes(available)} free on the other nodes
      {needed === 0
        ? "; none of its running VMs has a cluster role to take over."
        : `, less ${formatNeededBytes(needed)} that its running VMs with a cluster role have assigned.`}{" "}
      Only the sums are compared: one large VM may still find no node with enough room.
    </p>
  );
}
