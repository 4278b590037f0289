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

export function VmStateBadge({ state }: { state: VmState }) {
  return <Badge tone={TONES[state]}>{state}</Badge>;
}
