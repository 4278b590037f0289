import { randomBytes } from "node:crypto";
import { AethervError } from "@/lib/domain/errors";
import type { Job } from "./job";

const ID = /^([0-9a-f]{8})-[0-9a-f]{16}$/;

export interface Retention {
  /** How many jobs are kept at most, each deployment with its steps; jobs that have not ended always are. */
  count: number;
  /** How long a job is kept after it ended, in milliseconds. */
  ageMs: number;
  /** Log bytes of all jobs together. */
  logBytes: number;
}

/** The jobs of this run of the server: in memory, bounded by count, age and log size. */
export class JobStore {
  /** Part of every id, so that a job of an earlier run can be told from one that never was. */
  readonly run = randomBytes(4).toString("hex");
  readonly #jobs = new Map<string, Job>();
  readonly #retention: Retention;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  nextId(): string {
    return `${this.run}-${randomBytes(8).toString("hex")}`;
  }

  add(job: Job): void {
    this.#jobs.set(job.id, job);
    this.prune();
  }

  /** @throws AethervError `job_gone` for an id of another run, `job_not_found` for any other that is not kept */
  get(id: string): Job {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    const run = ID.exec(id)?.[1];
    if (run !== undefined && run !== this.run) {
      throw new AethervError("job_gone", `Job ${id} belongs to an earlier run of the server.`);
    }
    throw new AethervError("job_not_found", "No job with this id is kept.");
  }

  /** In the order in which they were created. */
  all(): Job[] {
    return [...this.#jobs.values()];
  }

  /** Forgets what is too old or too much, oldest first; a deployment goes together with its steps. */
  prune(): void {
    const { count, ageMs, logBytes } = this.#retention;
    const oldest = Date.now() - ageMs;
    let kept = 0;
    let bytes = 0;
    for (const job of this.#jobs.values()) {
      bytes += job.log.bytes;
      if (job.parent === null) kept += 1;
    }
    for (const job of this.#jobs.values()) {
      if (job.parent !== null || job.endedAt === null) continue;
      if (job.endedAt > oldest && kept <= count && bytes <= logBytes) continue;
      bytes -= this.#forget(job);
      kept -= 1;
    }
  }

  #forget(job: Job): number {
    let bytes = job.log.bytes;
    this.#jobs.delete(job.id);
    for (const { job: child } of job.steps) {
      if (child === null) continue;
      bytes += child.log.bytes;
      this.#jobs.delete(child.id);
    }
    return bytes;
  }
}
