"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { stateTone, stateWord } from "@/components/jobs/job-words";
import { jobAddress } from "@/components/shared/addresses";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { dismiss, dismissAll, type Notice, useFollowing } from "@/lib/client/followed-jobs";
import { visibleText } from "@/lib/domain/visible-text";
import { useJobEndings } from "./use-job-endings";
import { useTitleCount } from "./use-title-count";

/** How long good news stays, in ms. Bad news stays until it is dismissed. */
const GOOD_NEWS_MS = 12_000;
/** More would hide the page; the rest is counted. */
const SHOWN = 3;

/** Tells of followed jobs that ended while one looked elsewhere. A screen reader hears each of them once. */
export function NoticeList() {
  useJobEndings();
  const { notices } = useFollowing();
  useTitleCount(notices.length);
  const hidden = Math.max(0, notices.length - SHOWN);
  return (
    <>
      <ul aria-live="polite" className="space-y-2">
        {notices.slice(-SHOWN).map((notice) => (
          <NoticeCard key={notice.job_id} notice={notice} />
        ))}
      </ul>
      {notices.length > 1 ? (
        <div className="pointer-events-auto mt-2 flex items-center justify-end gap-2">
          {hidden > 0 ? (
            <TextLink
              href="/jobs"
              className="inline-flex min-h-8 items-center rounded-md border border-line bg-surface px-2 shadow-lg"
            >
              {hidden} more
            </TextLink>
          ) : null}
          <Button className="shadow-lg" onClick={dismissAll}>
            Dismiss all
          </Button>
        </div>
      ) : null}
    </>
  );
}

const EDGES = {
  ok: "border-l-ok",
  warn: "border-l-warn",
  bad: "border-l-bad",
  busy: "border-l-busy",
  neutral: "border-l-edge",
} as const;

function NoticeCard({ notice }: { notice: Notice }) {
  const { job_id, title, ending, message } = notice;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (ending !== "succeeded" || held) return;
    const timer = setTimeout(() => dismiss(job_id), GOOD_NEWS_MS);
    return () => clearTimeout(timer);
  }, [ending, held, job_id]);
  const tone = ending === "lost" ? "warn" : stateTone(ending);
  return (
    <li
      className={`pointer-events-auto flex items-start gap-2 rounded-lg border border-line border-l-4 bg-surface p-3 shadow-xl ${EDGES[tone]}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p>
          <TextLink href={jobAddress(job_id)} className="font-medium" onClick={() => dismiss(job_id)}>
            {title}
          </TextLink>{" "}
          <Badge tone={tone}>{ending === "lost" ? "no longer known" : stateWord(ending)}</Badge>
        </p>
        {message ? <p className="mt-1 line-clamp-3 text-muted">{visibleText(message, true)}</p> : null}
      </div>
      <button
        type="button"
        aria-label={`Dismiss: ${title}`}
        title="Dismiss"
        className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-raised hover:text-ink"
        onClick={() => dismiss(job_id)}
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </li>
  );
}
