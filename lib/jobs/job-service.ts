import { AethervError, toAethervError } from "@/lib/domain/errors";
import type { CallContext } from "@/lib/domain/hypervisor";
import type { HostInventory } from "@/lib/domain/inventory";
import type { CreatedResource, JobKind, JobLogPage, JobState, JobView } from "@/lib/domain/job";
import { Job, type JobInput } from "./job";
import { JobLog } from "./job-log";
import { JobStore } from "./job-store";
import { type JobOutputs, type Outcome, OutcomeUnknown } from "./outcome";
import type { RunningJob, StepResult } from "./running-job";
import { duration } from "./sentences";

export interface JobLimits {
  /** Jobs kept at most. */
  retained: number;
  retentionMs: number;
  /** Log bytes of one job. */
  logBytes: number;
  /** Jobs that have not ended, steps of deployments not counted: more are refused with `queue_full`. */
  unfinished: number;
  /** How long a job may stay `unknown` before it fails with `outcome_unknown`. */
  unknownMs: number;
  /**
   * A read of the host settles an unknown outcome only if it began this long after contact was lost:
   * what had started on the host gets time to finish.
   */
  settleMs: number;
}

export interface JobFilter {
  state?: JobState;
  host?: string;
  kind?: JobKind;
  vm_id?: string;
  /** Leave out the steps of deployments. */
  top_level?: boolean;
  limit: number;
  offset: number;
}

/** A job that changed something has ended or lost contact: its host is worth a fresh look. */
export type JobListener = (job: JobView) => void;

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
  readonly #limits: JobLimits;
  readonly #listeners: JobListener[] = [];
  #draining = false;

  constructor(limits: JobLimits) {
    this.#limits = limits;
    this.#store = new JobStore({
      count: limits.retained,
      ageMs: limits.retentionMs,
      logBytes: limits.logBytes * LOGS_KEPT_IN_FULL,
    });
  }

  /**
   * Accepts a job and runs it. `run` gives the outputs or throws: an `AethervError` fails the job,
   * {@link OutcomeUnknown} leaves it `unknown`.
   *
   * Throws `queue_full` and `shutting_down`. `parent` is the id of the deployment whose step it is.
   */
  start(
    input: JobInput & { parent?: string | undefined },
    run: (job: RunningJob) => Promise<JobOutputs>,
  ): JobView {
    const parent = input.parent === undefined ? null : this.#store.get(input.parent);
    if (parent === null) this.#admit();
    const job = new Job(this.#store.nextId(), input, new JobLog(this.#limits.logBytes), parent);
    this.#store.add(job);
    const step = parent?.steps.find(({ name, job: taken }) => name === job.stepName && taken === null);
    if (step !== undefined) step.job = job;
    void this.#execute(job, run);
    return job.view();
  }

  /** Throws `job_not_found`, and `job_gone` for a job of an earlier run of the server. */
  get(jobId: string): JobView {
    return this.#store.get(jobId).view();
  }

  /** Newest first. `total` counts what matches, before paging. */
  list(filter: JobFilter): { jobs: JobView[]; total: number } {
    this.#store.prune();
    const matching = this.#store
      .all()
      .filter(
        (job) =>
          (filter.state === undefined || job.state === filter.state) &&
          (filter.host === undefined || job.host === filter.host) &&
          (filter.kind === undefined || job.kind === filter.kind) &&
          (filter.vm_id === undefined || job.vmId === filter.vm_id) &&
          (filter.top_level !== true || job.parent === null),
      )
      .reverse();
    const page = matching.slice(filter.offset, filter.offset + filter.limit);
    return { jobs: page.map((job) => job.view()), total: matching.length };
  }

  /** Jobs that have not ended, oldest first. */
  unfinished(): JobView[] {
    return this.#store
      .all()
      .filter((job) => !job.terminal)
      .map((job) => job.view());
  }

  /** The lines numbered above `after`. Throws like {@link get}. */
  log(jobId: string, after: number): JobLogPage {
    const job = this.#store.get(jobId);
    return {
      job_id: job.id,
      state: job.state,
      lines: job.log.after(after),
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
   * the job stays `unknown` until a read of the host shows what it did. Throws `job_not_cancelable`.
   */
  cancel(jobId: string): JobView {
    const job = this.#store.get(jobId);
    if (job.terminal)
      throw new AethervError("job_not_cancelable", `The job has ended: it ${PAST[job.state]}.`);
    this.#cancel(job, "The job was canceled.");
    return job.view();
  }

  /** Called for each job that ended or became `unknown`. */
  onSettled(listener: JobListener): void {
    this.#listeners.push(listener);
  }

  /**
   * Shows a good read of a host to the jobs there whose outcome is unknown.
   * @param beganAt when the read began, in ms since the epoch.
   */
  async hostRead(host: string, inventory: HostInventory, beganAt: number): Promise<void> {
    const waiting = this.#store.all().filter((job) => job.host === host && job.unknown !== null);
    await Promise.all(waiting.map((job) => this.#settle(job, inventory, beganAt)));
  }

  /**
   * For SIGTERM: refuses new jobs, waits until those that run have ended or the time is over, then
   * cancels and marks the rest.
   */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    await this.#allEnded(timeoutMs);
    for (const job of this.#open()) {
      if (job.parent === null) this.#cancel(job, "The server is shutting down.");
    }
    await this.#allEnded(SHUTDOWN_GRACE_MS);
    for (const job of this.#open().reverse()) {
      this.#fail(job, new AethervError("shutting_down", "The server shut down before the job had ended."));
    }
  }

  #admit(): void {
    if (this.#draining) throw new AethervError("shutting_down", "The server is shutting down.");
    const open = this.#open().filter((job) => job.parent === null).length;
    if (open >= this.#limits.unfinished) {
      throw new AethervError("queue_full", `${open} jobs have not ended yet: no more are taken for now.`);
    }
  }

  async #execute(job: Job, run: (job: RunningJob) => Promise<JobOutputs>): Promise<void> {
    // The caller gets its view before the work begins.
    await Promise.resolve();
    try {
      if (job.abort.signal.aborted)
        throw new AethervError("canceled", "The job was canceled before it began.");
      const outputs = await run(this.#running(job));
      this.#succeed(job, outputs);
    } catch (thrown) {
      if (job.terminal) return;
      if (thrown instanceof OutcomeUnknown) this.#loseContact(job, thrown);
      else this.#fail(job, toAethervError(thrown));
    }
  }

  #running(job: Job): RunningJob {
    const context = (deployment: CallContext["deployment"], signal = job.abort.signal): CallContext => ({
      job_id: job.id,
      deployment,
      log: (level, text) => job.write(level, text),
      started: () => markRunning(job),
      signal,
    });
    return {
      job_id: job.id,
      signal: job.abort.signal,
      log: (level, text) => job.write(level, text, true),
      call: context,
      created: (...resources: CreatedResource[]) => {
        job.created.push(...resources);
      },
      identify: ({ vm_id, vm_name }) => {
        job.vmId = vm_id ?? job.vmId;
        job.vmName = vm_name ?? job.vmName;
      },
      plan: (steps) => {
        job.steps = steps.map((name) => ({ name, job: null }));
      },
      step: (name, start) => this.#step(job, name, start),
    };
  }

  async #step(parent: Job, name: string, start: () => JobView): Promise<StepResult> {
    parent.currentStep = name;
    const child = this.#store.get(start().job_id);
    if (parent.abort.signal.aborted) this.#cancel(child, "The deployment was canceled.");
    await child.ended;
    parent.currentStep = null;
    return { job: child.view(), created: child.created };
  }

  #cancel(job: Job, reason: string): void {
    if (job.terminal || job.cancelRequested) return;
    job.cancelRequested = true;
    const children = job.steps.flatMap(({ job: child }) => (child === null ? [] : [child]));
    job.log.append("warning", null, reason, true);
    job.abort.abort(new AethervError("canceled", reason));
    for (const child of children) this.#cancel(child, "The deployment was canceled.");
  }

  #succeed(job: Job, outputs: JobOutputs): void {
    if (job.terminal) return;
    job.outputs = outputs;
    job.write("info", `Done after ${duration(Date.now() - job.createdAt)}.`, true);
    job.end("succeeded", null);
    this.#notify(job);
  }

  #fail(job: Job, error: AethervError): void {
    if (job.terminal) return;
    const canceled = error.code === "canceled";
    const step = job.steps.find(({ job: child }) => child !== null && child.state !== "succeeded");
    job.write(canceled ? "warning" : "error", error.message, true);
    if (error.detail !== null) job.write("verbose", error.detail, true);
    job.end(canceled ? "canceled" : "failed", {
      code: error.code,
      message: error.message,
      next: error.next,
      step: step?.name ?? null,
      exists: [...job.created],
      detail: error.detail,
    });
    this.#notify(job);
  }

  #loseContact(job: Job, cause: OutcomeUnknown): void {
    const timer = setTimeout(() => {
      const waited = duration(this.#limits.unknownMs);
      this.#fail(
        job,
        new AethervError(
          "outcome_unknown",
          `${cause.reason.message} For ${waited} no read of ${job.host} could tell how it ended.`,
        ),
      );
    }, this.#limits.unknownMs);
    timer.unref();
    job.unknown = { since: Date.now(), cause, timer, resolving: false };
    mirror(job, "unknown");
    job.write(
      "warning",
      `${cause.reason.message} How it ended is unknown: it is not sent again, the next read of ${job.host} will tell.`,
      true,
    );
    this.#notify(job);
  }

  async #settle(job: Job, inventory: HostInventory, beganAt: number): Promise<void> {
    const unknown = job.unknown;
    if (unknown === null || unknown.resolving) return;
    if (beganAt < unknown.since + this.#limits.settleMs) return;
    unknown.resolving = true;
    try {
      const outcome = await unknown.cause.resolve(inventory);
      if (outcome !== null && !job.terminal) this.#conclude(job, outcome);
    } catch (thrown) {
      if (!job.terminal) job.write("warning", toAethervError(thrown).message, true);
    } finally {
      unknown.resolving = false;
    }
  }

  #conclude(job: Job, outcome: Outcome): void {
    job.created.push(...outcome.created);
    if (job.parent !== null && !job.parent.terminal) job.parent.state = "running";
    if (job.cancelRequested) {
      const done = outcome.state === "succeeded" ? "had been carried out by then" : "was not carried out";
      this.#fail(job, new AethervError("canceled", `The job was canceled; its operation ${done}.`));
    } else if (outcome.state === "failed") {
      this.#fail(job, outcome.error);
    } else {
      job.write("info", `A read of ${job.host} shows that the operation was carried out.`, true);
      this.#succeed(job, outcome.outputs);
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

  #notify(job: Job): void {
    const view = job.view();
    for (const listener of this.#listeners) listener(view);
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

function markRunning(job: Job): void {
  if (job.state !== "queued") return;
  job.state = "running";
  job.startedAt = Date.now();
  if (job.parent !== null) markRunning(job.parent);
}

/** A deployment is in its step's state as long as that step's outcome is unknown. */
function mirror(job: Job, state: JobState): void {
  if (job.terminal) return;
  job.state = state;
  if (job.parent !== null) mirror(job.parent, state);
}
