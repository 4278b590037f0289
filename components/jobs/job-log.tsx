"use client";

import { ArrowDown } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { LogSnapshot } from "@/lib/client/log-follower";
import type { LogLine } from "@/lib/domain/job";
import { LogLines } from "./log-lines";

const STRETCH = 200;

/** How near the end, in px, still counts as being there. */
const NEAR = 24;

/**
 * The log, its newest line in view for as long as the reader stays at the end. It is no live region: a
 * screen reader hears of the job's state elsewhere and reads the log when asked.
 */
export function JobLog({ log }: { log: LogSnapshot }) {
  const box = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stretches = useMemo(() => stretchesOf(log.lines), [log.lines]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when lines come, not when one scrolls
  useLayoutEffect(() => {
    if (atEnd) scrollToEnd(box.current);
  }, [log.lines]);

  return (
    <div className="relative">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold">Log</h2>
        <p className={`text-xs ${log.status === "interrupted" ? "text-warn" : "text-muted"}`}>
          {statusOf(log)}
        </p>
      </div>
      <section
        ref={box}
        aria-label="Log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="h-[34rem] max-h-[75dvh] overflow-y-auto rounded-lg border border-line bg-surface py-2 font-mono text-xs leading-5"
        onScroll={(event) => setAtEnd(isAtEnd(event.currentTarget))}
      >
        {log.lines.length === 0 ? <p className="px-3 text-muted">{emptyWord(log)}</p> : null}
        {stretches.map((stretch) => (
          <LogLines key={stretch[0]?.n} lines={stretch} full={stretch.length === STRETCH} />
        ))}
        {log.truncated ? (
          <p className="px-3 text-warn">The log has reached its limit: some lines are missing.</p>
        ) : null}
      </section>
      {atEnd ? null : (
        <Button className="absolute right-4 bottom-3 shadow-sm" onClick={() => scrollToEnd(box.current)}>
          <ArrowDown aria-hidden="true" className="size-4" />
          Newest line
        </Button>
      )}
    </div>
  );
}

function stretchesOf(lines: readonly LogLine[]): readonly (readonly LogLine[])[] {
  const stretches: LogLine[][] = [];
  for (let start = 0; start < lines.length; start += STRETCH) {
    stretches.push(lines.slice(start, start + STRETCH));
  }
  return stretches;
}

function isAtEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
}

function scrollToEnd(box: HTMLElement | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}

function statusOf(log: LogSnapshot): string {
  const count = `${log.lines.length} ${log.lines.length === 1 ? "line" : "lines"}`;
  if (log.status === "interrupted") return `${count} · connection lost, trying again`;
  if (log.status === "following") return `${count} · following`;
  return count;
}

function emptyWord(log: LogSnapshot): string {
  if (log.status === "ended") return "The job wrote nothing.";
  if (log.state === "queued") return "The job waits for its turn.";
  return "Nothing yet.";
}
