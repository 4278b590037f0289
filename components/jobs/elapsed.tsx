"use client";

import { useNow } from "@/lib/client/hooks";
import { formatDuration } from "@/lib/domain/amounts";
import { elapsedOf } from "./job-words";

interface ElapsedProps {
  span: { started_at: string | null; ended_at: string | null };
  /** False once it has ended, however it ended: the clock stands still. */
  running: boolean;
}

/** How long a job or a step has run, counting while it runs. */
export function Elapsed({ span, running }: ElapsedProps) {
  const now = useNow(running);
  const elapsed = elapsedOf(span, now);
  if (elapsed === null || (span.ended_at === null && !running)) return null;
  return <span className="whitespace-nowrap tabular-nums">{formatDuration(elapsed)}</span>;
}
