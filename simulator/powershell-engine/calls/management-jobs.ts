import { randomUUID } from "node:crypto";
import { HyperVError } from "../../host/hyperv-error";

/** `JobState` of `CIM_ConcreteJob`. */
export const JOB_STATE = { running: 4, completed: 7, exception: 10 } as const;
/** Return values of the management service's methods. */
export const RETURN = { completed: 0, jobStarted: 4096, failed: 32768, invalidParameter: 32773 } as const;

/** One `Msvm_ConcreteJob`. */
export interface ManagementJob {
  id: string;
  name: string;
  state: number;
  errorCode: number;
  errorDescription: string;
  startedAt: number;
}

const RETAINED = 1000;

/** Jobs of the virtual machine management services. A job goes on when the process that started it ends. */
export class ManagementJobs {
  readonly #jobs = new Map<string, ManagementJob>();

  /**
   * Starts a job.
   *
   * @param work what it does; a {@link HyperVError} of it is the job's error.
   */
  start(name: string, now: number, work: () => Promise<void>): ManagementJob {
    const job: ManagementJob = {
      id: randomUUID().toUpperCase(),
      name,
      state: JOB_STATE.running,
      errorCode: 0,
      errorDescription: "",
      startedAt: now,
    };
    this.#jobs.set(job.id, job);
    for (const id of this.#jobs.keys()) if (this.#jobs.size > RETAINED) this.#jobs.delete(id);
    void work().then(
      () => {
        job.state = JOB_STATE.completed;
      },
      (error: unknown) => {
        job.state = JOB_STATE.exception;
        job.errorCode = methodError(error);
        job.errorDescription = error instanceof Error ? error.message : String(error);
      },
    );
    return job;
  }

  find(id: string): ManagementJob | undefined {
    return this.#jobs.get(id.toUpperCase());
  }
}

/** The return value of a method for what Hyper-V refused. */
export function methodError(error: unknown): number {
  return error instanceof HyperVError && error.errorId === "InvalidParameter"
    ? RETURN.invalidParameter
    : RETURN.failed;
}
