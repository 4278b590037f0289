import { useEffect, useRef, useState } from "react";
import useSWR, { mutate as mutateShared, type SWRConfiguration } from "swr";
import useSWRImmutable from "swr/immutable";
import { JOB_NEWS_MS } from "@/lib/domain/attention/jobs";
import { isTerminal, type JobList, type JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { isLasting, serverNow } from "./api";
import { call } from "./call";
import { followLog, type LogSnapshot } from "./log-follower";
import { pause, untilVisible } from "./page-activity";
import { type Stretch, usePolling } from "./polling";
import { type JobListParameters, listJobs, readJob, readJobLog } from "./resources";

const RECENT = "recent-jobs";

/** Who asks again, and when, is `usePolling`'s to say. */
const polled: SWRConfiguration = {
  keepPreviousData: true,
  shouldRetryOnError: false,
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
};

const AT_WORK: Stretch = { shortest: 2_000, longest: 10_000 };
const IDLE: Stretch = { shortest: 5_000, longest: 30_000 };
const ONE_JOB: Stretch = { shortest: 5_000, longest: 20_000 };

const paceOf = (list: JobList | undefined): Stretch =>
  list !== undefined && list.unfinished > 0 ? AT_WORK : IDLE;

/**
 * One page of the jobs that match, kept current.
 *
 * @param key says what `filter` stands for
 * @param filter asked before each request, so that "the last hour" moves
 */
export function useJobs(key: string, filter: () => JobListParameters) {
  const answer = useSWR(["jobs", key], () => listJobs(filter()), polled);
  usePolling(() => answer.mutate(), answer.data, paceOf(answer.data));
  return answer;
}

/** What runs, and what ended last; steps of deployments left out. {@link useRecentJobsKept} keeps it current. */
export function useRecentJobs() {
  return useSWR(RECENT, () => listJobs({ top_level: true, sort: "activity", limit: 10 }), polled);
}

/** The API gives no more of them at once. */
const MOST_JOBS = 500;

/** All jobs that the server still has (the newest 500), steps of deployments left out; asked for once `wanted`. */
export function useKeptJobs(wanted: boolean) {
  const kept = () => listJobs({ top_level: true, sort: "activity", limit: MOST_JOBS });
  return useSWR(wanted ? "kept-jobs" : null, kept, polled);
}

/** The one place on a page that asks for the recent jobs again: every view of them shares its answers. */
export function useRecentJobsKept() {
  const answer = useRecentJobs();
  usePolling(() => answer.mutate(), answer.data, paceOf(answer.data));
  return answer;
}

/**
 * The top-level jobs of the last day that failed or are unknown, and those that succeeded since the first of
 * them: `attentionOf` settles the one with the other. Asked for again whenever a recent job has another state.
 */
export function useTroubledJobs() {
  const recent = useRecentJobs().data?.jobs;
  const states = recent?.map(({ job_id, state }) => `${job_id} ${state}`).join();
  const answer = useSWR("troubled-jobs", listTroubledJobs, polled);
  const { mutate } = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state is what is waited for
  useEffect(() => {
    void mutate().catch(() => undefined);
  }, [states, mutate]);
  return answer;
}

async function listTroubledJobs(): Promise<JobView[]> {
  const common = { top_level: true, limit: 200 };
  const created_from = new Date(serverNow() - JOB_NEWS_MS).toISOString();
  const { jobs } = await listJobs({ ...common, state: "failed,unknown", created_from });
  const first = jobs.at(-1);
  if (first === undefined) return jobs;
  const later = await listJobs({ ...common, state: "succeeded", created_from: first.created_at });
  return [...jobs, ...later.jobs];
}

/** For the moment when one knows that there is a new one: its period may be long by then. */
export async function refreshRecentJobs(): Promise<void> {
  await mutateShared(RECENT);
}

/**
 * One job, kept current until it has ended. The log's follower asks for it whenever the log says something
 * new; the period here is a safety net.
 */
export function useJob(jobId: string) {
  const answer = useSWR(["job", jobId], () => readJob(jobId), polled);
  const { data, error, mutate } = answer;
  const over = (data !== undefined && isTerminal(data.state)) || isLasting(error);
  usePolling(() => mutate(), data, over ? null : ONE_JOB);
  return answer;
}

/** The flat schema of a managed deployment: what the fields of requests are called. */
export function useFormSchema(): JsonObject | undefined {
  const { data } = useSWRImmutable("form-schema", () => call("GET /schemas/form", {}));
  return data?.schema;
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
