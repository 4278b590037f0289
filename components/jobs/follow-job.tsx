"use client";

import { Bell, BellOff } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { dismiss, follow, unfollow, useFollowing } from "@/lib/client/followed-jobs";
import type { JobView } from "@/lib/domain/job";
import { jobTitle } from "./job-words";

/** Whoever looks at a job that runs is told of its end, wherever in AetherV; here one can do without. */
export function FollowJob({ job }: { job: JobView }) {
  const { followed } = useFollowing();
  const on = followed.some(({ job_id }) => job_id === job.job_id);
  const title = jobTitle(job);
  useEffect(() => follow(job.job_id, title), [job.job_id, title]);
  const Icon = on ? Bell : BellOff;
  return (
    <Button
      tone="quiet"
      aria-pressed={on}
      className="aria-pressed:bg-accent-wash aria-pressed:text-accent"
      title="A notice on whatever page you are when it ends"
      onClick={() => (on ? unfollow(job.job_id) : follow(job.job_id, title))}
    >
      <Icon aria-hidden="true" className="size-4" />
      Notify me
    </Button>
  );
}

/** Whoever looks at a job's page needs no notice of it any more. */
export function useNoticeRead(jobId: string): void {
  const { notices } = useFollowing();
  useEffect(() => {
    if (notices.some(({ job_id }) => job_id === jobId)) dismiss(jobId);
  }, [jobId, notices]);
}
