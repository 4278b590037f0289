import { useEffect, useMemo, useRef } from "react";
import type { LogLine } from "@/lib/domain/job";

export const STRETCH = 200;

type Stretches = readonly (readonly LogLine[])[];

/** The log in stretches. A full one is given again as the same array: what shows it need not be made anew. */
export function stretchesOf(lines: readonly LogLine[], before: Stretches): Stretches {
  const stretches: (readonly LogLine[])[] = [];
  for (let start = 0; start < lines.length; start += STRETCH) {
    const known = before[stretches.length];
    const same = known?.length === STRETCH && known[0] === lines[start];
    stretches.push(same ? known : lines.slice(start, start + STRETCH));
  }
  return stretches;
}

export function useStretches(lines: readonly LogLine[]): Stretches {
  const before = useRef<Stretches>([]);
  const stretches = useMemo(() => stretchesOf(lines, before.current), [lines]);
  useEffect(() => {
    before.current = stretches;
  });
  return stretches;
}
