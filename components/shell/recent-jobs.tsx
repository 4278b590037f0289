"use client";

import { Activity, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Elapsed } from "@/components/jobs/elapsed";
import { kindWord, stateTone, stateWord } from "@/components/jobs/job-words";
import { Age } from "@/components/shared/time";
import type { Tone } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/text-link";
import { useRecentJobsKept } from "@/lib/client/job-hooks";
import { isTerminal, type JobView } from "@/lib/domain/job";

const ID = "recent-jobs";

const DOTS: Record<Tone, string> = {
  ok: "bg-ok",
  warn: "bg-warn",
  bad: "bg-bad",
  busy: "bg-busy motion-safe:animate-pulse",
  neutral: "bg-muted",
};

/**
 * What runs and what ended last, on every page: beside it where there is room, else behind a button. It is
 * one element: the browser's own popover closes with Escape and gives the focus back.
 */
export function RecentJobs() {
  const { data, error } = useRecentJobsKept();
  const panel = useRef<HTMLElement>(null);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it
  useEffect(() => {
    if (panel.current?.matches(":popover-open")) panel.current.hidePopover();
  }, [path]);
  const unfinished = data?.unfinished ?? 0;
  const jobs = data?.jobs ?? [];
  return (
    <>
      <button
        type="button"
        popoverTarget={ID}
        className="inline-flex min-h-8 items-center gap-1.5 rounded-md border border-edge px-2 font-medium hover:bg-raised lg:hidden"
      >
        <Activity aria-hidden="true" className="size-4" />
        Recent jobs
        {unfinished > 0 ? (
          <span className="rounded-full bg-busy-wash px-1.5 text-busy text-xs leading-5">
            {unfinished}
            <span className="sr-only"> not ended</span>
          </span>
        ) : null}
      </button>
      <section
        ref={panel}
        id={ID}
        popover="auto"
        aria-labelledby={`${ID}-title`}
        className="fixed inset-x-2 top-24 bottom-auto m-auto max-h-[min(32rem,calc(100dvh-7rem))] w-[min(24rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line bg-surface p-2 text-ink shadow-xl lg:static lg:inset-auto lg:m-0 lg:block lg:max-h-none lg:min-h-0 lg:w-full lg:flex-1 lg:rounded-none lg:border-0 lg:bg-transparent lg:p-0 lg:shadow-none"
      >
        <div className="mb-1 flex items-baseline justify-between gap-2 px-2">
          <h2 id={`${ID}-title`} className="font-medium text-muted text-xs">
            Recent jobs
          </h2>
          <TextLink href="/jobs" className="inline-flex min-h-6 items-center text-xs">
            All jobs
          </TextLink>
          <button
            type="button"
            popoverTarget={ID}
            popoverTargetAction="hide"
            aria-label="Close recent jobs"
            className="grid size-6 place-items-center self-center rounded text-muted hover:bg-raised hover:text-ink lg:hidden"
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        </div>
        {jobs.length > 0 ? (
          <ul className="space-y-px">
            {jobs.map((job) => (
              <RecentJob key={job.job_id} job={job} here={path === addressOf(job)} />
            ))}
          </ul>
        ) : (
          <p className="px-2 text-muted text-xs">{data || error ? "None since the server started." : "…"}</p>
        )}
        {error ? (
          <p className="px-2 pt-1 text-warn text-xs">AetherV does not answer: this may be old.</p>
        ) : null}
      </section>
    </>
  );
}

function addressOf(job: JobView): string {
  return `/jobs/${encodeURIComponent(job.job_id)}`;
}

function RecentJob({ job, here }: { job: JobView; here: boolean }) {
  const running = !isTerminal(job.state);
  const about = job.vm_name ?? job.vm_id;
  return (
    <li>
      <Link
        href={addressOf(job)}
        aria-current={here ? "page" : undefined}
        className="block min-w-0 rounded-md px-2 py-1 hover:bg-raised aria-[current=page]:bg-raised"
      >
        <span className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className={`size-1.5 shrink-0 rounded-full ${DOTS[stateTone(job.state)]}`}
          />
          <span className="truncate font-medium" title={about ?? undefined}>
            {about ?? kindWord(job.kind)}
          </span>
        </span>
        <span className="block truncate pl-3 text-muted text-xs">
          {stateWord(job.state)}{" "}
          {running ? <Elapsed span={job} running /> : <Age iso={job.ended_at ?? job.created_at} />}
          {about === null ? null : ` · ${kindWord(job.kind)}`}
        </span>
      </Link>
    </li>
  );
}
