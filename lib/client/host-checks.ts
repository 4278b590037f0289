import { useState } from "react";
import useSWR from "swr";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { refreshRecentJobs } from "./job-hooks";
import { type Stretch, usePolling } from "./polling";
import { checkHost, listJobs } from "./resources";

const UNDER_WAY: Stretch = { shortest: 400, longest: 2_000 };
const IDLE: Stretch = { shortest: 10_000, longest: 30_000 };

/** The last test of the connection to a host that the server still knows, kept current, and a way to begin another. */
export function useHostCheck(host: string) {
  const read = () => listJobs({ host, kind: "host.check", limit: 1 });
  const answer = useSWR(["host-check", host], read, {
    keepPreviousData: true,
    shouldRetryOnError: false,
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
  });
  const job: JobView | undefined = answer.data?.jobs[0];
  const running = job !== undefined && !isTerminal(job.state);
  usePolling(() => answer.mutate(), answer.data, running ? UNDER_WAY : IDLE);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [asked, setAsked] = useState(false);
  const start = async () => {
    setAsked(true);
    setStarting(true);
    setFailure(null);
    try {
      await checkHost(host);
      await Promise.all([answer.mutate(), refreshRecentJobs()]);
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setStarting(false);
    }
  };
  return { job, asked, pending: starting || running, failure, start };
}
