export type Tone = "ok" | "warn" | "bad" | "busy" | "neutral";

/** Told apart without colour too: at rest it is a ring, in trouble a square, at work it breathes. */
const DOTS: Record<Tone, string> = {
  ok: "rounded-full bg-ok-mark",
  warn: "rounded-[2px] bg-warn-mark",
  bad: "rounded-[2px] bg-bad-mark",
  busy: "rounded-full bg-busy-mark motion-safe:animate-pulse",
  neutral: "rounded-full border-[1.5px] border-current text-muted",
};

interface StateDotProps {
  tone: Tone;
  /** The state in words, where no text beside it says so. */
  label?: string;
}

/** A state as a dot. */
export function StateDot({ tone, label }: StateDotProps) {
  return (
    <span title={label} className="inline-flex shrink-0 items-center">
      <span aria-hidden="true" className={`size-[7px] ${DOTS[tone]}`} />
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
