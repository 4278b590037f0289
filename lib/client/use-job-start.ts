import { useRef, useState } from "react";
import { mutate } from "swr";
import { ApiProblem } from "./api";
import { follow } from "./followed-jobs";
import { refreshRecentJobs } from "./job-hooks";
import type { Accepted } from "./resources";
import { SubmitIntent } from "./submit-intent";

/**
 * Starts a job on a VM, one for however many clicks, and follows it: its end is told wherever one is by then.
 * `run` gives whether the server has taken the request; `failure` says why not.
 */
export function useJobStart(vmId: string) {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const underWay = useRef(false);
  const intent = useRef(new SubmitIntent());

  /**
   * @param what the request, by which a repetition is known as one
   */
  async function run(what: unknown, call: (idempotencyKey: string) => Promise<Accepted>): Promise<boolean> {
    if (underWay.current) return false;
    underWay.current = true;
    setPending(true);
    setFailure(null);
    try {
      const { job_id } = await call(intent.current.keyFor(what));
      intent.current.settled();
      follow(job_id, null);
      await Promise.all([mutate(["jobs", `vm:${vmId}`]), refreshRecentJobs()]);
      return true;
    } catch (error) {
      if (error instanceof ApiProblem) intent.current.settled();
      setFailure(error);
      return false;
    } finally {
      underWay.current = false;
      setPending(false);
    }
  }

  return { pending, failure, run, forget: () => setFailure(null) };
}
