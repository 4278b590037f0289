import { useSyncExternalStore } from "react";
import type { JobState } from "@/lib/domain/job";

/** How a followed job ended; `lost`: the server no longer has it, and nobody can say. */
export type Ending = Extract<JobState, "succeeded" | "failed" | "canceled"> | "lost";

/** A job whose end the operator wants to hear of. */
export interface FollowedJob {
  job_id: string;
  /** What to call it; null: nobody has read it yet. */
  title: string | null;
}

/** Tells that a job ended while its page was not the one in view. */
export interface Notice {
  job_id: string;
  title: string;
  ending: Ending;
  /** Why it failed; null where there is nothing to add. */
  message: string | null;
}

export interface Following {
  followed: readonly FollowedJob[];
  notices: readonly Notice[];
}

const KEY = "aetherv.followed-jobs";
const NOTHING: Following = { followed: [], notices: [] };
/** Older ones make room: they are all in the list of jobs. */
const NOTICES_KEPT = 20;

let current: Following | null = null;
const listeners = new Set<() => void>();

/** Followed jobs and notices of this tab: they survive navigation and reload, and end with the tab. */
export function useFollowing(): Following {
  return useSyncExternalStore(subscribe, following, () => NOTHING);
}

/** From now on its end is told wherever in AetherV one is. Following twice is following once. */
export function follow(jobId: string, title: string | null): void {
  const { followed, notices } = following();
  const known = followed.find(({ job_id }) => job_id === jobId);
  if (known !== undefined && (known.title !== null || title === null)) return;
  const others = followed.filter((job) => job !== known);
  change({ followed: [...others, { job_id: jobId, title }], notices });
}

export function unfollow(jobId: string): void {
  const { followed, notices } = following();
  if (!followed.some(({ job_id }) => job_id === jobId)) return;
  change({ followed: followed.filter(({ job_id }) => job_id !== jobId), notices });
}

/** The job has ended: it is followed no longer, and the notice stays until it is dismissed. */
export function announce(notice: Notice): void {
  const { followed, notices } = following();
  const others = notices.filter(({ job_id }) => job_id !== notice.job_id);
  change({
    followed: followed.filter(({ job_id }) => job_id !== notice.job_id),
    notices: [...others, notice].slice(-NOTICES_KEPT),
  });
}

export function dismiss(jobId: string): void {
  const { followed, notices } = following();
  if (!notices.some(({ job_id }) => job_id === jobId)) return;
  change({ followed, notices: notices.filter(({ job_id }) => job_id !== jobId) });
}

export function dismissAll(): void {
  change({ ...following(), notices: [] });
}

function following(): Following {
  current ??= read();
  return current;
}

function change(next: Following): void {
  current = next;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage that is full or forbidden: the page itself still remembers.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Following {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isFollowing(stored) ? stored : NOTHING;
  } catch {
    return NOTHING;
  }
}

function isFollowing(stored: unknown): stored is Following {
  return (
    typeof stored === "object" &&
    stored !== null &&
    "followed" in stored &&
    Array.isArray(stored.followed) &&
    "notices" in stored &&
    Array.isArray(stored.notices)
  );
}
