import { counted } from "@/lib/domain/amounts";
import { AethervError } from "@/lib/domain/errors";
import type { HostInventory } from "@/lib/domain/inventory";
import type { JobList, JobLogPage, JobState, JobView } from "@/lib/domain/job";
import { Job, type JobInput } from "./job";
import { type JobFilter, type JobSort, matches, sorted } from "./job-filter";
import { JobLog } from "./job-log";
import {
  type JobListener,
  JobRunner,
  type MistakeReporter,
  type UnknownLimits,
  type Work,
} from "./job-runner";
import { JobStore } from "./job-store";

export interface JobLimits extends UnknownLimits {
  /** Jobs kept at most, each deployment with its steps. */
  retained: number;
  retentionMs: number;
  /** Log bytes of one job. */
  logBytes: number;
  /** Jobs that have not ended, steps of deployments not counted: more are refused with `queue_full`. */
  unfinished: number;
}

export interface JobListQuery extends JobFilter {
  /** `-created` where it is not given: the newest first. */
  sort?: JobSort | undefined;
  limit: number;
  offset: number;
}

/** All logs together may take as much as this many full ones. */
const LOGS_KEPT_IN_FULL = 20;
/** What a canceled job gets to clean up before a shutdown marks it. */
const SHUTDOWN_GRACE_MS = 3_000;

/**
 * Every operation is a job: it is answered at once, runs by itself, and is kept in memory for a while.
 * A job holds no worker: what is limited are the agent calls that it makes (`lib/hyperv/call-queue.ts`),
 * so that any number of jobs can wait for guests or for their steps.
 */
export class JobService {
  readonly #store: JobStore;
  readonly #runner: JobRunner;
  readonly #limits: JobLimits;
  #draining = false;

  constructor(limits: JobLimits, reportMistake: MistakeReporter = () => {}) {
    this.#limits = limits;
    this.#store = new JobStore({
      count: limits.retained,
      ageMs: limits.retentionMs,
      logBytes: limits.logBytes * LOGS_KEPT_IN_FULL,
    });
    this.#runner = new JobRunner(this.#store, limits, reportMistake);
  }

  /**
   * Accepts a job and runs it. `work` gives the outputs or throws: an `AethervError` fails the job,
   * `OutcomeUnknown` leaves it `unknown`.
   *
   * @param input `parent` is the id of the deployment whose step it is
   * @throws AethervError `queue_full`, `shutting_down`
   */
  start(input: JobInput & { parent?: string | undefined }, work: Work): JobView {
    const parent = input.parent === undefined ? null : this.#store.get(input.parent);
    if (parent === null) this.#admit();
    const job = new Job(this.#store.nextId(), input, new JobLog(this.#limits.logBytes), parent);
    this.#store.add(job);
    const step = parent?.steps.find(({ name, job: taken }) => name === job.stepName && taken === null);
    if (step !== undefined) step.job = job;
    void this.#runner.execute(job, work);
    return job.view();
  }

  /** @throws AethervError `job_not_found`, `job_gone` for a job of an earlier run of the server */
  get(jobId: string): JobView {
    return this.#store.get(jobId).view();
  }

  /** One page of the jobs that match. */
  list({ sort = "-created", limit, offset, ...filter }: JobListQuery): JobList {
    this.#store.prune();
    const matching = this.#store.all().filter((job) => matches(job, filter));
    const page = sorted(matching, sort).slice(offset, offset + limit);
    return {
      jobs: page.map((job) => job.view()),
      total: matching.length,
      unfinished: matching.filter((job) => !job.terminal).length,
    };
  }

  /** Jobs that have not ended, oldest first. */
  unfinished(): JobView[] {
    return this.#store
      .all()
      .filter((job) => !job.terminal)
      .map((job) => job.view());
  }

  /**
   * A page of the lines numbered above `after`.
   * @throws AethervError as {@link get}
   */
  log(jobId: string, after: number): JobLogPage {
    const job = this.#store.get(jobId);
    return {
      job_id: job.id,
      state: job.state,
      lines: job.log.page(after),
      last: job.log.last,
      truncated: job.log.truncated,
    };
  }

  /** Resolves once the job has ended. */
  async ended(jobId: string): Promise<JobView> {
    const job = this.#store.get(jobId);
    await job.ended;
    return job.view();
  }

  /**
   * Asks the job to stop. A call that waits in the queue is taken out; one that runs is terminated, and
   * the job stays `unknown` until a read of the host shows what it did.
   * @throws AethervError as {@link get}, `job_not_cancelable` once it has ended
   */
  cancel(jobId: string): JobView {
    const job = this.#store.get(jobId);
    if (job.terminal)
      throw new AethervError("job_not_cancelable", `The job has ended: it ${PAST[job.state]}.`);
    this.#runner.cancel(job, "The job was canceled.");
    return job.view();
  }

  /** Called for each job that ended or became `unknown`. */
  onSettled(listener: JobListener): void {
    this.#runner.onSettled(listener);
  }

  /**
   * Shows a good read of a host to the jobs there whose outcome is unknown.
   * @param beganAt when the read began, in ms since the epoch.
   */
  async hostRead(host: string, inventory: HostInventory, beganAt: number): Promise<void> {
    const waiting = this.#store.all().filter((job) => job.host === host && job.unknown !== null);
    await Promise.all(waiting.map((job) => this.#runner.settle(job, inventory, beganAt)));
  }

  /**
   * For SIGTERM: refuses new jobs, waits until those that run have ended or the time is over, then
   * cancels and marks the rest.
   */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    await this.#allEnded(timeoutMs);
    for (const job of this.#open()) {
      if (job.parent === null) this.#runner.cancel(job, "The server is shutting down.");
    }
    await this.#allEnded(SHUTDOWN_GRACE_MS);
    for (const job of this.#open().reverse()) {
      this.#runner.fail(
        job,
        new AethervError("shutting_down", "The server shut down before the job had ended."),
      );
    }
  }

  #admit(): void {
    if (this.#draining) throw new AethervError("shutting_down", "The server is shutting down.");
    const open = this.#open().filter((job) => job.parent === null).length;
    if (open >= this.#limits.unfinished) {
      throw new AethervError(
        "queue_full",
        `There is no place for more than ${counted(open, "unfinished job")} at once.`,
      );
    }
  }

  #open(): Job[] {
    return this.#store.all().filter((job) => !job.terminal);
  }

  async #allEnded(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([Promise.all(this.#open().map((job) => job.ended)), timeout]);
    clearTimeout(timer);
  }
}

const PAST: Record<JobState, string> = {
  queued: "waits",
  running: "runs",
  unknown: "lost contact",
  succeeded: "succeeded",
  failed: "failed",
  canceled: "was canceled",
};
