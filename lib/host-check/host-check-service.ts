import { formatDuration } from "@/lib/domain/amounts";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import { CONNECTION_STEPS, type ConnectionProbes, type StepFinding } from "@/lib/domain/host-check";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import { isTerminal, type JobView } from "@/lib/domain/job";
import type { JobService } from "@/lib/jobs/job-service";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { CheckReport } from "./check-report";
import { constrained, stepsOnHost } from "./host-steps";
import { remedyContextOf } from "./remedies";

interface Parts {
  hosts: readonly HostConfig[];
  jobs: JobService;
  hypervisor: Pick<Hypervisor, "checkHost">;
  probes: ConnectionProbes;
  /** For the whole check. */
  deadlineSeconds: number;
}

/**
 * Walks the way to a host step by step: the connection from outside, then what agents need, asked on the host. It
 * changes nothing there. The job succeeds where every step passed, perhaps with warnings, and fails with the first
 * step that failed; its outputs hold all steps, from the beginning on.
 */
export class HostCheckService {
  readonly #parts: Parts;
  /** The job of the last check of each host. */
  readonly #last = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * A check of the host. While one is under way there is no second: whoever asks gets that one.
   * @throws AethervError `host_not_found`
   */
  prepare(name: string): { check(): void; start(actor: string): JobView } {
    const host = this.#parts.hosts.find((candidate) => candidate.name === name);
    if (host === undefined) {
      throw new AethervError("host_not_found", `The configuration names no host ${name}.`);
    }
    return { check: () => {}, start: (actor) => this.#underWay(name) ?? this.#start(host, actor) };
  }

  #underWay(name: string): JobView | null {
    const id = this.#last.get(name);
    if (id === undefined) return null;
    try {
      const job = this.#parts.jobs.get(id);
      return isTerminal(job.state) ? null : job;
    } catch {
      return null;
    }
  }

  #start(host: HostConfig, actor: string): JobView {
    const input = {
      kind: "host.check" as const,
      host: host.name,
      vm_name: null,
      vm_id: null,
      actor,
      request: {},
    };
    const job = this.#parts.jobs.start(input, (running) => this.#walk(host, running));
    this.#last.set(host.name, job.job_id);
    return job;
  }

  async #walk(host: HostConfig, job: RunningJob): Promise<JobOutputs> {
    const report = new CheckReport(job, remedyContextOf(host));
    const deadline = AbortSignal.timeout(this.#parts.deadlineSeconds * 1_000);
    const signal = AbortSignal.any([job.signal, deadline]);
    try {
      job.call(null).started();
      if (await this.#connect(host, report, signal)) await this.#askHost(host, report, job, signal);
    } catch (thrown) {
      if (job.signal.aborted)
        throw new AethervError("canceled", "The check was canceled.", { cause: thrown });
      if (!deadline.aborted) throw thrown;
      const { current } = report;
      if (current !== undefined) report.end(current, tookTooLong(this.#parts.deadlineSeconds));
    } finally {
      report.close();
    }
    const { failure } = report;
    if (failure === undefined) return report.outputs();
    const { code, message, next } = failure;
    throw new AethervError(code ?? "internal_error", message ?? "", next === null ? {} : { next });
  }

  /** @returns whether the host can be asked */
  async #connect(host: HostConfig, report: CheckReport, signal: AbortSignal): Promise<boolean> {
    const probes = this.#parts.probes.of(host);
    for (const name of CONNECTION_STEPS) {
      report.begin(name);
      const finding = await probes.get(name)?.(signal);
      if (finding === undefined) continue;
      report.end(name, finding);
      if (finding.state === "failed") return false;
    }
    return true;
  }

  async #askHost(host: HostConfig, report: CheckReport, job: RunningJob, signal: AbortSignal): Promise<void> {
    report.begin("powershell");
    let seen: ReturnType<typeof stepsOnHost>;
    try {
      seen = stepsOnHost(await this.#parts.hypervisor.checkHost(host.name, job.call(null, signal)));
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      report.end("powershell", withoutAgent(toAethervError(thrown)));
      return;
    }
    for (const [name, finding] of seen) report.end(name, finding, name !== "powershell");
  }
}

/** The agent did not come to its end. */
function withoutAgent(error: AethervError): StepFinding {
  const { code, message, next, detail } = error;
  // The id of the error is the same in every language of Windows.
  if (code === "agent_failed" && detail?.includes("InConstrainedLanguage"))
    return constrained("ConstrainedLanguage");
  return { state: "failed", message, code, ...(code === "agent_failed" ? {} : { next }), cause: "no_agent" };
}

function tookTooLong(seconds: number): StepFinding {
  return {
    state: "failed",
    message: `It did not come to an end: the check may take ${formatDuration(seconds * 1_000)}.`,
    code: "deadline_exceeded",
    cause: "no_answer",
  };
}
