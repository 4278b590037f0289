import type { Tone } from "@/components/ui/badge";
import type { ClusterRoleRecord, Heartbeat, VmActivity, VmState, VmSummary } from "@/lib/domain/inventory";

const STATE_TONES: Record<VmState, Tone> = {
  running: "ok",
  off: "neutral",
  saved: "neutral",
  paused: "warn",
  critical: "bad",
  other: "warn",
  starting: "busy",
  stopping: "busy",
  reset: "busy",
  saving: "busy",
  pausing: "busy",
  resuming: "busy",
};

const ACTIVITIES: Record<VmActivity, string> = {
  migrating: "migrating",
  merging_disks: "merging disks",
  exporting: "exporting",
  checkpointing: "taking a checkpoint",
};

const HEARTBEATS: Record<Heartbeat, { word: string; tone: Tone }> = {
  ok: { word: "ok", tone: "ok" },
  no_contact: { word: "no contact yet", tone: "warn" },
  lost: { word: "lost", tone: "bad" },
  error: { word: "error", tone: "bad" },
};

const ROLE_STATES: Record<ClusterRoleRecord["state"], { word: string; tone: Tone }> = {
  online: { word: "online", tone: "ok" },
  offline: { word: "offline", tone: "neutral" },
  failed: { word: "failed", tone: "bad" },
  partially_online: { word: "partially online", tone: "warn" },
  pending: { word: "pending", tone: "busy" },
  unknown: { word: "state unknown", tone: "warn" },
};

/** How a VM's state is called and coloured. */
export interface StateFace {
  word: string;
  tone: Tone;
}

/** @param stale its host does not answer: a colour would promise too much */
export function stateFace(state: VmState, stale: boolean): StateFace {
  return { word: state, tone: stale ? "neutral" : STATE_TONES[state] };
}

/**
 * How a VM is, in one word and colour: what Hyper-V is at with it comes before the state that it has meanwhile.
 *
 * @param stale as in {@link stateFace}
 */
export function vmFace(
  { state, activity, missing_since }: Pick<VmSummary, "state" | "activity" | "missing_since">,
  stale: boolean,
): StateFace {
  if (missing_since !== null) return { word: "missing", tone: "warn" };
  if (activity !== null && !stale) return { word: ACTIVITIES[activity], tone: "busy" };
  return stateFace(state, stale);
}

export const activityWord = (activity: VmActivity): string => ACTIVITIES[activity];
export const heartbeatFace = (heartbeat: Heartbeat): StateFace => HEARTBEATS[heartbeat];
export const roleFace = (state: ClusterRoleRecord["state"]): StateFace => ROLE_STATES[state];
