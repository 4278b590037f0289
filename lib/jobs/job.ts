import type {
  CreatedResource,
  JobError,
  JobKind,
  JobState,
  JobStep,
  JobView,
  LogLevel,
} from "@/lib/domain/job";
import { isTerminal } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import { plainText } from "@/lib/domain/plain-text";
import { Redactor } from "@/lib/domain/redactor";
import type { Secret } from "@/lib/domain/secret";
import type { JobLog } from "./job-log";
import type { JobOutputs, OutcomeUnknown } from "./outcome";

export interface JobInput {
  kind: JobKind;
  host: string;
  vm_name: string | null;
  vm_id: string | null;
  actor: string;
  /** As it came, secrets already replaced. */
  request: JsonObject;
  /** The request's: replaced wherever a host or a guest repeats them, and kept until the job has ended. */
  secrets?: readonly Secret[];
}

/** One job in memory. Its state is changed by `JobRunner` alone. */
export class Job {
  readonly id: string;
  readonly parent: Job | null;
  /** The parent's step that this job is; labels its lines in the parent's log. */
  readonly stepName: string | null;
  readonly log: JobLog;
  readonly abort = new AbortController();
  readonly created: CreatedResource[] = [];
  /** Resolves once the job has ended, however it did. Never rejects. */
  readonly ended: Promise<void>;
  readonly createdAt = Date.now();

  state: JobState = "queued";
  vmName: string | null;
  vmId: string | null;
  startedAt: number | null = null;
  endedAt: number | null = null;
  outputs: JobOutputs = {};
  error: JobError | null = null;
  steps: { name: string; job: Job | null }[] = [];
  currentStep: string | null = null;
  cancelRequested = false;
  /** Set while the state is `unknown`. */
  unknown: { since: number; cause: OutcomeUnknown; timer: NodeJS.Timeout; resolving: boolean } | null = null;

  readonly #input: Omit<JobInput, "secrets">;
  #redactor: Redactor;
  #markEnded: () => void = () => {};

  constructor(id: string, input: JobInput, log: JobLog, parent: Job | null) {
    const { secrets = [], ...kept } = input;
    this.id = id;
    this.#input = kept;
    this.#redactor = new Redactor(secrets.map((secret) => secret.reveal()));
    this.log = log;
    this.parent = parent;
    this.stepName = parent?.currentStep ?? null;
    this.vmName = input.vm_name;
    this.vmId = input.vm_id;
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
  }

  get host(): string {
    return this.#input.host;
  }

  get kind(): JobKind {
    return this.#input.kind;
  }

  get actor(): string {
    return this.#input.actor;
  }

  get terminal(): boolean {
    return isTerminal(this.state);
  }

  /** Writes a line here and, labelled with the step, in the parent's log. */
  write(level: LogLevel, text: string, essential = false): void {
    const shown = this.shown(text);
    this.log.append(level, null, shown, essential);
    this.parent?.log.append(level, this.stepName, shown, essential);
  }

  /** Text as it may be shown: plain, and without the secrets of the request, or of the deployment's whose step it is. */
  shown(text: string): string {
    const own = plainText(this.#redactor.redact(text));
    return this.parent?.shown(own) ?? own;
  }

  end(state: "succeeded" | "failed" | "canceled", error: JobError | null): void {
    if (this.unknown !== null) clearTimeout(this.unknown.timer);
    this.unknown = null;
    this.state = state;
    this.error = error;
    this.endedAt = Date.now();
    this.#redactor = new Redactor([]);
    this.#markEnded();
  }

  view(): JobView {
    return {
      job_id: this.id,
      kind: this.kind,
      state: this.state,
      host: this.host,
      vm_name: this.vmName,
      vm_id: this.vmId,
      actor: this.actor,
      parent_job_id: this.parent?.id ?? null,
      request: this.#input.request,
      created_at: iso(this.createdAt),
      started_at: this.startedAt === null ? null : iso(this.startedAt),
      ended_at: this.endedAt === null ? null : iso(this.endedAt),
      outputs: { ...this.outputs },
      error: this.error,
      steps: this.steps.map(({ name, job }) => stepView(name, job)),
      log_lines: this.log.last,
      cancel_requested: this.cancelRequested,
    };
  }
}

function stepView(name: string, job: Job | null): JobStep {
  if (job === null) return { name, job_id: null, state: "pending", started_at: null, ended_at: null };
  const { state, started_at, ended_at } = job.view();
  return { name, job_id: job.id, state, started_at, ended_at };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
