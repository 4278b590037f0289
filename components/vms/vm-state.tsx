import type { ReactNode } from "react";
import { StateDot, type Tone } from "@/components/ui/state-dot";
import type { VmSummary } from "@/lib/domain/inventory";
import { activityWord, stateFace } from "./vm-words";

interface VmStateProps {
  vm: Pick<VmSummary, "state" | "activity" | "missing_since">;
  /** Its host does not answer: the colour would promise too much. */
  stale: boolean;
}

/** A VM's state in a line of a table, and what else goes on with it. */
export function VmState({ vm: { state, activity, missing_since }, stale }: VmStateProps) {
  const { word, tone } = stateFace(state, stale);
  if (missing_since !== null) {
    return (
      <Line tone="warn" title={`Was ${word}; its host no longer has it, and other hosts are still asked`}>
        missing
      </Line>
    );
  }
  if (activity !== null && !stale) {
    return (
      <Line tone="busy" title={`${word}, ${activityWord(activity)}`}>
        {activityWord(activity)}
      </Line>
    );
  }
  return <Line tone={tone}>{word}</Line>;
}

function Line({ tone, title, children }: { tone: Tone; title?: string; children: ReactNode }) {
  return (
    <span title={title} className="inline-flex items-center gap-2 align-middle">
      <StateDot tone={tone} />
      {children}
    </span>
  );
}
