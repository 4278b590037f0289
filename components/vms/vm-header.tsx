import { clusterAddress, hostAddress } from "@/components/shared/addresses";
import { Age } from "@/components/shared/time";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/text-link";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { VmStateBadge } from "./vm-state-badge";
import { activityWord } from "./vm-words";

interface VmMarksProps {
  vm: Pick<VmSummary, "state" | "activity" | "missing_since">;
  /** Its host does not answer. */
  stale: boolean;
}

/** How a VM is, beside its name. */
export function VmMarks({ vm: { state, activity, missing_since }, stale }: VmMarksProps) {
  const past = stale || missing_since !== null;
  return (
    <>
      <span role="status">
        <VmStateBadge state={state} stale={past} />
      </span>
      {activity !== null && !past ? <Badge tone="busy">{activityWord(activity)}</Badge> : null}
      {missing_since !== null ? <Badge tone="warn">missing</Badge> : null}
      {stale ? <Badge tone="warn">last known</Badge> : null}
    </>
  );
}

interface VmPlaceProps {
  hostName: string;
  host: HostView | undefined;
  asOf: string | null | undefined;
}

/** Where a VM is, and as of when. */
export function VmPlace({ hostName, host, asOf }: VmPlaceProps) {
  const cluster = host?.record?.cluster ?? null;
  return (
    <>
      on <TextLink href={hostAddress(hostName)}>{hostName}</TextLink>
      {cluster === null ? null : (
        <>
          {" in "}
          <TextLink href={clusterAddress(cluster)}>{cluster}</TextLink>
        </>
      )}
      {asOf ? (
        <>
          {" · as of "}
          <Age iso={asOf} />
        </>
      ) : null}
    </>
  );
}
