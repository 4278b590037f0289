import type { Tone } from "@/components/ui/state-dot";
import type { HostView, VmActivity, VmState, VmSummary } from "@/lib/domain/inventory";

/** A state as it is shown: in a colour, and in words that say the same. */
export interface Face {
  tone: Tone;
  word: string;
}

const VM_TONES: Record<VmState, Tone> = {
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

const HOSTS: Record<HostView["state"], Face> = {
  online: { tone: "ok", word: "online" },
  unreachable: { tone: "bad", word: "unreachable" },
  pending: { tone: "busy", word: "first read" },
};

/**
 * How a VM is: what Hyper-V is at with it comes before the state that it has meanwhile.
 *
 * @param stale its host does not answer: the colour would promise too much
 */
export function vmFace(vm: Pick<VmSummary, "state" | "activity" | "missing_since">, stale: boolean): Face {
  if (vm.missing_since !== null) return { tone: "warn", word: "being looked for" };
  if (vm.activity !== null) return { tone: stale ? "neutral" : "busy", word: ACTIVITIES[vm.activity] };
  return { tone: stale ? "neutral" : VM_TONES[vm.state], word: vm.state };
}

export function hostFace(host: Pick<HostView, "state">): Face {
  return HOSTS[host.state];
}
