import type { ReactNode } from "react";
import { StateDot, type Tone } from "./state-dot";

export type { Tone } from "./state-dot";

const TONES: Record<Tone, string> = {
  ok: "bg-ok-wash text-ok",
  warn: "bg-warn-wash text-warn",
  bad: "bg-bad-wash text-bad",
  busy: "bg-busy-wash text-busy",
  neutral: "bg-raised text-muted",
};

/** A state in a word. The colour repeats what the word says and adds nothing. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs ${TONES[tone]}`}
    >
      <StateDot tone={tone} />
      {children}
    </span>
  );
}
