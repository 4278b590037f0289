import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import useSWR, { type SWRConfiguration } from "swr";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { isLasting, serverNow } from "./api";
import { followLog, type LogSnapshot } from "./log-follower";
import { pause, untilVisible } from "./page-activity";
import {
  type JobFilter,
  type JobList,
  listHosts,
  listJobs,
  readInventory,
  readJob,
  readJobLog,
} from "./resources";

/** How often a view that stays open asks again, in ms. SWR asks nothing in a hidden tab. */
const REFRESH = { inventory: 10_000, jobs: 3_000, jobsIdle: 10_000, job: 5_000 } as const;

const keepShowing: SWRConfiguration = { keepPreviousData: true, errorRetryInterval: 5_000 };

export function useHosts() {
  return useSWR("hosts", listHosts, { ...keepShowing, refreshInterval: REFRESH.inventory });
}

export function useInventory() {
  return useSWR("inventory", readInventory, { ...keepShowing, refreshInterval: REFRESH.inventory });
}

export function useJobs(filter: JobFilter) {
  return useSWR(["jobs", filter], () => listJobs(filter), {
    ...keepShowing,
    refreshInterval: (latest?: JobList) =>
      latest?.jobs.some((job) => !isTerminal(job.state)) ? REFRESH.jobs : REFRESH.jobsIdle,
  });
}

/** The log follower asks for the job again whenever the log says something new; the period here is a safety net. */
export function useJob(jobId: string) {
  return useSWR(["job", jobId], () => readJob(jobId), {
    shouldRetryOnError: (error: unknown) => !isLasting(error),
    errorRetryInterval: 5_000,
    refreshInterval: (latest?: JobView) => (latest && isTerminal(latest.state) ? 0 : REFRESH.job),
    revalidateOnFocus: false,
  });
}

const NOTHING_YET: LogSnapshot = {
  lines: [],
  state: null,
  truncated: false,
  status: "following",
  error: null,
};

/** The job's log as it grows; `onNews` is called when lines came or the state changed. */
export function useJobLog(jobId: string, onNews: () => void): LogSnapshot {
  const [snapshot, setSnapshot] = useState(NOTHING_YET);
  const latestOnNews = useRef(onNews);
  useEffect(() => {
    latestOnNews.current = onNews;
  });
  useEffect(() => {
    const stop = new AbortController();
    let known = NOTHING_YET;
    setSnapshot(NOTHING_YET);
    const onChange = (next: LogSnapshot) => {
      const news = next.lines !== known.lines || next.state !== known.state;
      known = next;
      setSnapshot(next);
      if (news) latestOnNews.current();
    };
    void followLog(
      {
        fetchPage: (after, signal) => readJobLog(jobId, after, signal),
        onChange,
        pause,
        untilVisible,
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [jobId]);
  return snapshot;
}

/** The server's time in ms, moving once a second while `ticking`. */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribeToSeconds : subscribeToNothing, currentSecond, () => 0);
}

function currentSecond(): number {
  return Math.floor(serverNow() / 1_000) * 1_000;
}

function subscribeToSeconds(listener: () => void): () => void {
  const timer = setInterval(listener, 1_000);
  return () => clearInterval(timer);
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
