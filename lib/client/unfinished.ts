import { useEffect } from "react";
import useSWR from "swr";
import type { JsonObject } from "@/lib/domain/json";
import { call } from "./call";
import { follow } from "./followed-jobs";
import { useRecentJobs } from "./job-hooks";
import { type Stretch, usePolling } from "./polling";
import type { Accepted } from "./resources";

/** Deployments that were left unfinished, and what is done about one. */

export const listUnfinished = () => call("GET /managed-deployments/unfinished", {});

const ASIDE: Stretch = { shortest: 10_000, longest: 60_000 };
const LOOKED_AT: Stretch = { shortest: 2_000, longest: 10_000 };

/** As {@link useUnfinishedKept} has asked for it last. */
export function useUnfinished() {
  return useSWR("unfinished", listUnfinished, {
    keepPreviousData: true,
    shouldRetryOnError: false,
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
  });
}

/**
 * The same, kept current: asked for again whenever a recent job has another state, for that makes them and ends them.
 * @param lookedAt the page is about them
 */
export function useUnfinishedKept(lookedAt = false) {
  const answer = useUnfinished();
  const { data, mutate } = answer;
  const recent = useRecentJobs().data?.jobs;
  const states = recent?.map(({ job_id, state }) => `${job_id} ${state}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state is what is waited for
  useEffect(() => {
    void mutate().catch(() => undefined);
  }, [states, mutate]);
  usePolling(() => mutate(), data, lookedAt ? LOOKED_AT : ASIDE);
  return answer;
}

/** Every check that continuing passes, and nothing is started. */
export const checkContinuation = (deployment_id: string, body: JsonObject) =>
  call("POST /managed-deployments/unfinished/{deployment_id}/continuation", {
    path: { deployment_id },
    query: { validate_only: true },
    body,
  });

/** Starts a job of what is missing, and follows it. */
export async function continueDeployment(
  deployment_id: string,
  body: JsonObject,
  idempotencyKey: string,
): Promise<Accepted> {
  const headers = { "Idempotency-Key": idempotencyKey };
  const path = { deployment_id };
  const accepted = await call(
    "POST /managed-deployments/unfinished/{deployment_id}/continuation",
    { path, body },
    { headers },
  );
  follow(accepted.job_id, null);
  return accepted;
}

/** Starts a job that deletes what the deployment has made. */
export const removeDeployment = (deployment_id: string, idempotencyKey: string) =>
  call(
    "DELETE /managed-deployments/unfinished/{deployment_id}",
    { path: { deployment_id } },
    { headers: { "Idempotency-Key": idempotencyKey } },
  );
