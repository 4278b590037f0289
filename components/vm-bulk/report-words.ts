import { stateTone, stateWord } from "@/components/jobs/job-words";
import type { Tone } from "@/components/ui/state-dot";
import { describeFailure } from "@/lib/client/failure";
import { formatCount } from "@/lib/domain/amounts";
import type { BulkItem, BulkSnapshot, ItemState } from "./bulk-run";
import { isUnderWay } from "./bulk-run";

/** How far one of many has come, in words. */
export interface ItemFace {
  word: string;
  tone: Tone;
  /** What happened and what to do next; empty: there is nothing to add. */
  text: string;
}

export function faceOf(state: ItemState): ItemFace {
  switch (state.kind) {
    case "waiting":
      return { word: "not sent yet", tone: "neutral", text: "" };
    case "sending":
      return { word: "being sent", tone: "busy", text: "" };
    case "refused":
      return refusedFace(state.failure, state.passing);
    case "started":
      if (state.lost) {
        const text = "The server no longer has its job: it was restarted, or keeps only newer jobs.";
        return { word: "no longer known", tone: "warn", text };
      }
      if (state.job === null) return { word: "job started", tone: "busy", text: "" };
      return {
        word: stateWord(state.job.state),
        tone: stateTone(state.job.state),
        text: state.job.error === null ? "" : sentences(state.job.error.message, state.job.error.next),
      };
  }
}

function refusedFace(failure: unknown, passing: boolean): ItemFace {
  const { title, detail, next } = describeFailure(failure);
  return {
    word: passing ? "not taken" : "refused",
    tone: passing ? "warn" : "bad",
    text: sentences(detail || title, next),
  };
}

function sentences(what: string, next: string): string {
  return what.includes(next) ? what : `${what} ${next}`;
}

const GROUPS = [
  "succeeded",
  "at work",
  "failed",
  "refused",
  "not taken",
  "canceled",
  "no longer known",
] as const;
type Group = (typeof GROUPS)[number];

/** How many have come how far: `2 of 5 succeeded · 1 at work · 2 refused`. */
export function summaryOf({ items }: BulkSnapshot): string {
  const counts = new Map<Group, number>();
  for (const item of items) counts.set(groupOf(item), (counts.get(groupOf(item)) ?? 0) + 1);
  const first = `${formatCount(counts.get("succeeded") ?? 0)} of ${formatCount(items.length)} succeeded`;
  const rest = GROUPS.slice(1).flatMap((group) => {
    const count = counts.get(group) ?? 0;
    return count === 0 ? [] : [`${formatCount(count)} ${group}`];
  });
  return [first, ...rest].join(" · ");
}

/** Nothing of it is under way any more. */
export function isOver({ items, sending }: BulkSnapshot): boolean {
  return !sending && !items.some(({ state }) => isUnderWay(state));
}

/** It did not come to a good end, and nothing of it is under way. */
export function isTroubled(item: BulkItem): boolean {
  const group = groupOf(item);
  return group !== "succeeded" && group !== "at work";
}

function groupOf({ state }: BulkItem): Group {
  if (state.kind === "refused") return state.passing ? "not taken" : "refused";
  if (state.kind !== "started") return "at work";
  if (state.lost) return "no longer known";
  const ended = state.job?.state;
  return ended === "succeeded" || ended === "failed" || ended === "canceled" ? ended : "at work";
}
