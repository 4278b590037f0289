"use client";

import { Activity, X } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { Elapsed } from "@/components/jobs/elapsed";
import { jobWord, stateTone, stateWord } from "@/components/jobs/job-words";
import { jobAddress } from "@/components/shared/addresses";
import { Age } from "@/components/shared/time";
import { IconButton } from "@/components/ui/icon-button";
import { StateDot } from "@/components/ui/state-dot";
import { TextLink } from "@/components/ui/text-link";
import { useRecentJobsKept } from "@/lib/client/job-hooks";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { visibleText } from "@/lib/domain/visible-text";

const ID = "recent-jobs";

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
        className="relative grid size-9 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink lg:hidden"
      >
        <Activity aria-hidden="true" className="size-4" />
        <span className="sr-only">Recent jobs</span>
        {unfinished > 0 ? (
          <span className="absolute top-0 right-0 min-w-4 rounded-full bg-busy-wash px-1 text-center text-busy text-xs">
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
        className="fixed inset-x-2 top-14 bottom-auto m-auto max-h-[min(32rem,calc(100dvh-5rem))] w-[min(24rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line bg-surface p-2 text-ink shadow-float lg:static lg:inset-auto lg:-mx-3 lg:flex lg:max-h-52 lg:w-auto lg:shrink-0 lg:flex-col lg:overflow-visible lg:rounded-none lg:border-0 lg:border-t lg:bg-transparent lg:px-3 lg:pt-2 lg:pb-0 lg:shadow-none"
      >
        <div className="mb-1 flex items-center gap-2 px-2">
          <h2 id={`${ID}-title`} className="font-medium text-muted text-xs">
            Recent jobs
          </h2>
          <TextLink href="/jobs" className="ml-auto inline-flex min-h-6 items-center text-xs">
            All jobs
          </TextLink>
          <IconButton
            label="Close recent jobs"
            Icon={X}
            popoverTarget={ID}
            popoverTargetAction="hide"
            className="size-8 lg:hidden"
          />
        </div>
        {jobs.length > 0 ? (
          <ul className="min-h-0 lg:overflow-y-auto">
            {jobs.map((job) => (
              <RecentJob key={job.job_id} job={job} here={path === jobAddress(job.job_id)} />
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

function RecentJob({ job, here }: { job: JobView; here: boolean }) {
  const running = !isTerminal(job.state);
  const about = job.vm_name === null ? job.vm_id : visibleText(job.vm_name);
  const word = jobWord(job);
  return (
    <li>
      <Link
        href={jobAddress(job.job_id)}
        prefetch={false}
        aria-current={here ? "page" : undefined}
        title={about === null ? word : `${word}: ${about}`}
        className="flex min-h-7 min-w-0 items-center gap-2 rounded-md px-2 text-sm hover:bg-raised aria-[current=page]:bg-raised"
      >
        <StateDot tone={stateTone(job.state)} label={stateWord(job.state)} />
        <span className="min-w-0 flex-1 truncate">{about ?? word}</span>
        <span className="shrink-0 text-muted text-xs tabular-nums">
          {running ? <Elapsed span={job} running /> : <Age iso={job.ended_at ?? job.created_at} />}
        </span>
      </Link>
    </li>
  );
}
