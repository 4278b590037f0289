import type { CallContext, DeploymentContext } from "@/lib/domain/hypervisor";
import type { CreatedResource, JobView, LogLevel } from "@/lib/domain/job";
import type { JobOutputs } from "./outcome";

/** How a child job ended, and what it left behind. */
export interface StepResult {
  /** Terminal: `succeeded`, `failed` or `canceled`. */
  job: JobView;
  /** What exists because of it, whether or not it succeeded. */
  created: readonly CreatedResource[];
}

/** A job as the work that it carries out sees it. */
export interface RunningJob {
  readonly job_id: string;
  /** Aborted when the job is canceled or the server shuts down. */
  readonly signal: AbortSignal;
  log(level: LogLevel, text: string): void;
  /** The context for this job's agent calls. `signal`: another than the job's own, for cleaning up after it. */
  call(deployment: DeploymentContext | null, signal?: AbortSignal): CallContext;
  /** Notes something that exists on the host from now on; a failing job lists it. */
  created(...resources: CreatedResource[]): void;
  /** Tells the job its VM, once it is known. */
  identify(vm: { vm_id?: string; vm_name?: string }): void;
  /** Shows outputs before there are all of them; they stay where the job fails. */
  report(outputs: JobOutputs): void;
  /** Names the steps to come, for the view. */
  plan(steps: readonly string[]): void;
  /**
   * Starts one planned step as a child job (`start` passes this job's id as `parent`) and waits until
   * it has ended. Canceling this job cancels the child; the wait holds no place in any queue.
   */
  step(name: string, start: () => JobView): Promise<StepResult>;
}
