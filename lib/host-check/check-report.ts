import { ERROR_CATALOGUE } from "@/lib/domain/error-codes";
import { CHECK_STEPS, type CheckStep, type CheckStepName, type StepFinding } from "@/lib/domain/host-check";
import type { JsonValue } from "@/lib/domain/json";
import type { RunningJob } from "@/lib/jobs/running-job";
import { type RemedyContext, remedyFor } from "./remedies";

/** What a check has found so far; every change shows in its job at once. */
export class CheckReport {
  readonly #job: Pick<RunningJob, "log" | "report">;
  readonly #context: RemedyContext;
  readonly #steps: Map<CheckStepName, CheckStep>;
  readonly #began = new Map<CheckStepName, number>();

  constructor(job: Pick<RunningJob, "log" | "report">, context: RemedyContext) {
    this.#job = job;
    this.#context = context;
    this.#steps = new Map(CHECK_STEPS.map((name) => [name, untried(name, "pending")]));
    this.#publish();
  }

  /** The steps in order. */
  get steps(): readonly CheckStep[] {
    return [...this.#steps.values()];
  }

  /** The first step that failed; undefined: none has. */
  get failure(): CheckStep | undefined {
    return this.steps.find(({ state }) => state === "failed");
  }

  /** The step that is being tried; undefined: none is. */
  get current(): CheckStepName | undefined {
    return this.steps.find(({ state }) => state === "running")?.name;
  }

  begin(name: CheckStepName): void {
    this.#began.set(name, performance.now());
    this.#steps.set(name, untried(name, "running"));
    this.#publish();
  }

  /** @param shared it was found together with others: how long it took by itself is not known */
  end(name: CheckStepName, finding: StepFinding, shared = false): void {
    const began = this.#began.get(name);
    const duration = shared || began === undefined ? null : Math.round(performance.now() - began);
    const step = this.#told(name, finding, duration);
    this.#steps.set(name, step);
    const level = LEVELS[finding.state];
    const took = duration === null ? "" : ` (${duration} ms)`;
    this.#job.log(level, `${name}: ${finding.message}${took}`);
    if (step.next !== null) this.#job.log(level, `${name}: ${step.next}`);
    this.#publish();
  }

  /** What was not tried by now will not be. */
  close(): void {
    for (const [name, { state }] of this.#steps) {
      if (state === "pending" || state === "running") this.#steps.set(name, untried(name, "not_reached"));
    }
    this.#publish();
  }

  /** As the job's outputs. */
  outputs(): { [key: string]: JsonValue } {
    return { steps: this.steps as unknown as JsonValue };
  }

  #told(name: CheckStepName, finding: StepFinding, duration: number | null): CheckStep {
    const { state, message, facts = [], code, cause, next } = finding;
    const remedy = cause === undefined ? null : remedyFor(cause, this.#context);
    const known = code === undefined ? null : ERROR_CATALOGUE[code].next;
    return {
      name,
      state,
      duration_ms: duration,
      message,
      facts,
      code: state === "failed" ? (code ?? "internal_error") : null,
      next: state === "passed" ? null : (next ?? remedy?.next ?? known),
      commands: remedy?.commands ?? [],
      section: remedy?.section ?? null,
    };
  }

  #publish(): void {
    this.#job.report(this.outputs());
  }
}

const LEVELS = { passed: "info", warning: "warning", failed: "error" } as const;

function untried(name: CheckStepName, state: "pending" | "running" | "not_reached"): CheckStep {
  return {
    name,
    state,
    duration_ms: null,
    message: null,
    facts: [],
    code: null,
    next: null,
    commands: [],
    section: null,
  };
}
