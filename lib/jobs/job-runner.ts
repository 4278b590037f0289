import { formatDuration } from "@/lib/domain/amounts";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import type { CallContext, DeploymentContext } from "@/lib/domain/hypervisor";
import type { HostInventory } from "@/lib/domain/inventory";
import type { CreatedResource, JobState, JobView } from "@/lib/domain/job";
import type { Job } from "./job";
import { shorten } from "./job-log";
import type { JobStore } from "./job-store";
import { type JobOutputs, type Outcome, OutcomeUnknown } from "./outcome";
import type { RunningJob, StepResult } from "./running-job";

/** What a job does. */
export type Work = (job: RunningJob) => Promise<JobOutputs>;

/** A job that changed something has ended or lost contact: its host is worth a fresh look. */
export type JobListener = (job: JobView) => void;

/** Told of every failure that is AetherV's own mistake; the job itself only shows `internal_error`. */
export type MistakeReporter = (cause: unknown, jobId: string) => void;

export interface UnknownLimits {
  /** How long a job may stay `unknown` before it fails with `outcome_unknown`. */
  unknownMs: number;
  /**
   * A read of the host settles an unknown outcome only if it began this long after contact was lost:
   * what had started on the host gets time to finish.
   */
  settleMs: number;
}

/** Carries jobs out: every change of a job's state is made here. */
export class JobRunner {
  readonly #store: JobStore;
  readonly #limits: UnknownLimits;
  readonly #reportMistake: MistakeReporter;
  readonly #listeners: JobListener[] = [];

  constructor(store: JobStore, limits: UnknownLimits, reportMistake: MistakeReporter) {
    this.#store = store;
    this.#limits = limits;
    this.#reportMistake = reportMistake;
  }

  onSettled(listener: JobListener): void {
    this.#listeners.push(listener);
  }

  /** Runs the work and ends the job with what comes of it. Never rejects. */
  async execute(job: Job, work: Work): Promise<void> {
    // The caller gets its view before the work begins.
    await Promise.resolve();
    try {
      if (job.abort.signal.aborted)
        throw new AethervError("canceled", "The job was canceled before it began.");
      const outputs = await work(this.#running(job));
      this.#succeed(job, outputs);
    } catch (thrown) {
      if (job.terminal) return;
      if (thrown instanceof OutcomeUnknown) this.#loseContact(job, thrown);
      else this.fail(job, toAethervError(thrown));
    }
  }

  /** Aborts the job, and the steps of a deployment. */
  cancel(job: Job, reason: string): void {
    if (job.terminal || job.cancelRequested) return;
    job.cancelRequested = true;
    const children = job.steps.flatMap(({ job: child }) => (child === null ? [] : [child]));
    job.log.append("warning", null, reason, true);
    job.abort.abort(new AethervError("canceled", reason));
    for (const child of children) this.cancel(child, "The deployment was canceled.");
  }

  fail(job: Job, error: AethervError): void {
    if (job.terminal) return;
    if (error.code === "internal_error") this.#reportMistake(error.cause ?? error, job.id);
    const canceled = error.code === "canceled";
    const step = job.steps.find(({ job: child }) => child !== null && child.state !== "succeeded");
    job.write(canceled ? "warning" : "error", error.message, true);
    if (error.detail !== null) job.write("verbose", error.detail, true);
    job.end(canceled ? "canceled" : "failed", {
      code: error.code,
      message: shorten(job.shown(error.message)),
      next: error.next,
      step: step?.name ?? null,
      exists: [...job.created],
      detail: error.detail === null ? null : shorten(job.shown(error.detail)),
    });
    this.#notify(job);
  }

  /** Shows a good read of its host, begun at `beganAt` (ms since the epoch), to a job whose outcome is unknown. */
  async settle(job: Job, inventory: HostInventory, beganAt: number): Promise<void> {
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

  #running(job: Job): RunningJob {
    const context = (deployment: DeploymentContext | null, signal = job.abort.signal): CallContext => ({
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
      report: (outputs) => {
        job.outputs = outputs;
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
    if (parent.abort.signal.aborted) this.cancel(child, "The deployment was canceled.");
    await child.ended;
    parent.currentStep = null;
    return { job: child.view(), created: child.created };
  }

  #succeed(job: Job, outputs: JobOutputs): void {
    if (job.terminal) return;
    job.outputs = outputs;
    job.write("info", `Done after ${formatDuration(Date.now() - job.createdAt)}.`, true);
    job.end("succeeded", null);
    this.#notify(job);
  }

  #loseContact(job: Job, cause: OutcomeUnknown): void {
    const timer = setTimeout(() => {
      const waited = formatDuration(this.#limits.unknownMs);
      this.fail(
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

  #conclude(job: Job, outcome: Outcome): void {
    job.created.push(...outcome.created);
    if (job.parent !== null && !job.parent.terminal) job.parent.state = "running";
    if (job.cancelRequested) {
      const done = outcome.state === "succeeded" ? "had been carried out by then" : "was not carried out";
      this.fail(job, new AethervError("canceled", `The job was canceled; its operation ${done}.`));
    } else if (outcome.state === "failed") {
      this.fail(job, outcome.error);
    } else {
      job.write("info", `A read of ${job.host} shows that the operation was carried out.`, true);
      this.#succeed(job, outcome.outputs);
    }
  }

  #notify(job: Job): void {
    const view = job.view();
    for (const listener of this.#listeners) listener(view);
  }
}

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
