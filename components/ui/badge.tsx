import type { ReactNode } from "react";

export type Tone = "ok" | "warn" | "bad" | "busy" | "neutral";

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
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded px-1.5 py-0.5 font-medium text-xs ${TONES[tone]}`}
    >
      <span
        aria-hidden="true"
        className={`size-1.5 rounded-full bg-current ${tone === "busy" ? "motion-safe:animate-pulse" : ""}`}
      />
      {children}
    </span>
  );
}
