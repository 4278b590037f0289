import { StateDot } from "@/components/ui/state-dot";
import type { VmSummary } from "@/lib/domain/inventory";
import { vmFace } from "./vm-words";

type Shown = Pick<VmSummary, "state" | "activity" | "missing_since">;

interface VmStateProps {
  vm: Shown;
  /** Its host does not answer: the colour would promise too much. */
  stale: boolean;
}

/** How a VM is, in a line of a table; what else there is to say of it is in its tip. */
export function VmState({ vm, stale }: VmStateProps) {
  const { word, tone } = vmFace(vm, stale);
  return (
    <span title={tipOf(vm, word)} className="inline-flex items-center gap-2 align-middle">
      <StateDot tone={tone} />
      {word}
    </span>
  );
}

function tipOf({ state, missing_since }: Shown, word: string): string | undefined {
  if (missing_since !== null)
    return `Was ${state}; its host no longer has it, and other hosts are still asked`;
  return word === state ? undefined : `${state}, ${word}`;
}
