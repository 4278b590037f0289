import { Badge, type Tone } from "@/components/ui/badge";
import type { VmState } from "@/lib/domain/inventory";

const TONES: Record<VmState, Tone> = {
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

/** @param stale the host does not answer: the colour would promise too much */
export function VmStateBadge({ state, stale }: { state: VmState; stale: boolean }) {
  return <Badge tone={stale ? "neutral" : TONES[state]}>{state}</Badge>;
}
