import { usePathname } from "next/navigation";
import { useEffect } from "react";
import useSWR from "swr";
import { jobTitle } from "@/components/jobs/job-words";
import { jobAddress } from "@/components/shared/addresses";
import { isLasting } from "@/lib/client/api";
import { announce, type FollowedJob, type Notice, unfollow, useFollowing } from "@/lib/client/followed-jobs";
import { inventoryStore } from "@/lib/client/inventory-store";
import { useRecentJobs } from "@/lib/client/job-hooks";
import { type Stretch, usePolling } from "@/lib/client/polling";
import { readJob } from "@/lib/client/resources";
import { isTerminal, type JobView } from "@/lib/domain/job";

const ASIDE: Stretch = { shortest: 5_000, longest: 30_000 };

/** What is known of a followed job: as it is, or that the server has it no longer. */
type Found = JobView | "lost";

/**
 * Turns the end of each followed job into a notice, unless its own page is in view and says so itself. Most
 * of them stand in the recent jobs, which are there anyway; the others are asked for one by one.
 */
export function useJobEndings(): void {
  const { followed } = useFollowing();
  const recent = useRecentJobs().data;
  const path = usePathname();
  const known = new Map(recent?.jobs.map((job) => [job.job_id, job]));
  const aside = recent === undefined ? [] : followed.filter(({ job_id }) => !known.has(job_id));
  const ids = aside.map(({ job_id }) => job_id);
  const { data: others, mutate } = useSWR(
    ids.length > 0 ? ["followed-jobs", ...ids] : null,
    () => find(ids),
    {
      revalidateOnFocus: false,
      shouldRetryOnError: false,
    },
  );
  usePolling(() => mutate(), others, ids.length > 0 ? ASIDE : null);

  useEffect(() => {
    for (const job of followed) {
      const found = known.get(job.job_id) ?? others?.[job.job_id];
      if (found === undefined || (found !== "lost" && !isTerminal(found.state))) continue;
      if (path === jobAddress(job.job_id)) unfollow(job.job_id);
      else announce(noticeOf(job, found));
      // Its host was read as it ended.
      void inventoryStore.refresh();
    }
  });
}

async function find(jobIds: readonly string[]): Promise<Record<string, Found>> {
  const found: Record<string, Found> = {};
  await Promise.all(
    jobIds.map(async (jobId) => {
      try {
        found[jobId] = await readJob(jobId);
      } catch (error) {
        if (isLasting(error)) found[jobId] = "lost";
      }
    }),
  );
  return found;
}

function noticeOf({ job_id, title }: FollowedJob, found: Found): Notice {
  if (found === "lost") {
    return {
      job_id,
      title: title ?? "A job",
      ending: "lost",
      message: "The server no longer has it: it was restarted, or keeps only newer jobs.",
    };
  }
  const ending = found.state === "succeeded" || found.state === "canceled" ? found.state : "failed";
  const message = ending === "failed" ? (found.error?.message ?? null) : null;
  return { job_id, title: jobTitle(found), ending, message };
}
