"use client";

import { ArrowDown } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { LogSnapshot } from "@/lib/client/log-follower";
import { counted } from "@/lib/domain/amounts";
import type { JobView, LogLine } from "@/lib/domain/job";
import { LogLines } from "./log-lines";
import { STRETCH, useStretches } from "./log-stretches";
import { logFileName, logText } from "./log-text";
import { LogToolbar } from "./log-toolbar";
import { useLogSearch } from "./use-log-search";

/** How near the end, in px, still counts as being there. */
const NEAR = 24;

/**
 * The log, its newest line in view for as long as it is followed: until one pauses it or scrolls up, and again
 * when one resumes or scrolls to the end. It is no live region: a screen reader hears of the job's state
 * elsewhere and reads the log when asked.
 */
export function JobLog({ log, job }: { log: LogSnapshot; job: JobView }) {
  const { lines } = log;
  const box = useRef<HTMLElement>(null);
  const [following, setFollowing] = useState(true);
  const [seen, setSeen] = useState(0);
  const [wrap, setWrap] = useState(true);
  const search = useLogSearch(lines);
  const stretches = useStretches(lines);
  const over = log.status === "ended" || log.status === "refused";

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when lines come or are laid out anew
  useLayoutEffect(() => {
    if (following) scrollToEnd(box.current);
  }, [lines, wrap]);

  function follow(on: boolean) {
    setFollowing(on);
    setSeen(lines.length);
    if (on) scrollToEnd(box.current);
  }

  function go(by: 1 | -1) {
    const line = search.go(by);
    if (line === null) return;
    follow(false);
    box.current?.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: "nearest" });
  }

  return (
    <div className="min-w-0">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold">Log</h2>
        <p className={`text-xs ${log.status === "interrupted" ? "text-warn" : "text-muted"}`}>
          {statusOf(log, following)}
        </p>
      </div>
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <div className="border-line border-b p-1.5">
          <LogToolbar
            search={search}
            onGo={go}
            wrap={wrap}
            onWrap={setWrap}
            following={over ? null : following}
            onFollow={follow}
            unseen={following ? 0 : lines.length - seen}
            text={() => logText(job, lines, log.truncated)}
            fileName={logFileName(job)}
          />
        </div>
        <div className="relative">
          <section
            ref={box}
            aria-label="Log"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
            tabIndex={0}
            className="h-[34rem] max-h-[75dvh] overflow-auto py-2 font-mono text-xs leading-5 -outline-offset-2"
            onScroll={(event) => {
              const atEnd = isAtEnd(event.currentTarget);
              if (atEnd !== following) {
                setFollowing(atEnd);
                setSeen(lines.length);
              }
            }}
          >
            {lines.length === 0 ? <p className="px-3 text-muted">{emptyWord(log)}</p> : null}
            {stretches.map((stretch) => (
              <LogLines
                key={stretch[0]?.n}
                lines={stretch}
                full={stretch.length === STRETCH}
                wrap={wrap}
                query={contains(stretch, search.matches) ? search.query : ""}
                current={within(stretch, search.current)}
              />
            ))}
            {log.truncated ? (
              <p className="px-3 text-warn">The log has reached its limit: some lines are missing.</p>
            ) : null}
          </section>
          {following ? null : (
            <Button className="absolute right-4 bottom-3 shadow-md" onClick={() => follow(true)}>
              <ArrowDown aria-hidden="true" className="size-4" />
              Newest line
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Whether any of the numbers, which ascend, is one of the stretch's lines. */
function contains(stretch: readonly LogLine[], numbers: readonly number[]): boolean {
  const first = stretch[0]?.n ?? 0;
  const last = stretch.at(-1)?.n ?? 0;
  return numbers.some((n) => n >= first && n <= last);
}

function within(stretch: readonly LogLine[], n: number | null): number | null {
  return n !== null && contains(stretch, [n]) ? n : null;
}

function isAtEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
}

function scrollToEnd(box: HTMLElement | null): void {
  if (box) box.scrollTop = box.scrollHeight;
}

function statusOf(log: LogSnapshot, following: boolean): string {
  const count = counted(log.lines.length, "line");
  if (log.status === "interrupted") return `${count} · connection lost, trying again`;
  if (log.status === "following") return `${count} · ${following ? "following" : "paused"}`;
  return count;
}

function emptyWord(log: LogSnapshot): string {
  if (log.status === "ended") return "The job wrote nothing.";
  if (log.state === "queued") return "The job waits for its turn.";
  return "Nothing yet.";
}
