import { isErrorCode } from "@/lib/domain/error-codes";
import { AethervError } from "@/lib/domain/errors";
import { type FieldValues, textField, withoutSecrets } from "@/lib/domain/field-values";
import type { JobView } from "@/lib/domain/job";
import type { JobService } from "@/lib/jobs/job-service";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob, StepResult } from "@/lib/jobs/running-job";
import type { DiskService } from "@/lib/provisioning/disk-service";
import type { InitializationService } from "@/lib/provisioning/initialization-service";
import type { NicService } from "@/lib/provisioning/nic-service";
import type { Preflight } from "@/lib/provisioning/preflight";
import { jobOf, type PreparedJob } from "@/lib/provisioning/prepared-job";
import { refuse } from "@/lib/provisioning/refusal";
import type { StepOptions } from "@/lib/provisioning/target";
import type { VmService } from "@/lib/provisioning/vm-service";
import type { SchemaSet } from "@/lib/schema/schema-set";
import { splitRequest } from "@/lib/schema/split";

const STEPS = ["vm", "disk", "nic", "initialization"] as const;
type Step = (typeof STEPS)[number];

const TITLES: Record<Step, string> = {
  vm: "create the VM",
  disk: "create its disk",
  nic: "add its network adapter",
  initialization: "start and configure the guest",
};

export interface DeploymentParts {
  jobs: JobService;
  schemas: SchemaSet;
  preflight: Preflight;
  vms: VmService;
  disks: DiskService;
  nics: NicService;
  initializations: InitializationService;
}

/**
 * One VM with one disk and one adapter, configured and running: the same four operations that the
 * component APIs offer, one after the other. A step that fails ends it; what exists stays.
 */
export class ManagedDeploymentService {
  readonly #parts: DeploymentParts;

  constructor(parts: DeploymentParts) {
    this.#parts = parts;
  }

  /**
   * A deployment of the flat request; its outputs are those of its steps together.
   * The secrets live in this call's closure until the guest has them.
   */
  create(request: FieldValues): PreparedJob {
    const check = () => refuse(this.#parts.preflight.deployment(request));
    const host = textField(request, "target_host") ?? "";
    const vm_name = textField(request, "vm_name") ?? "";
    return {
      check,
      start: (actor) => {
        check();
        const target = { host, vm_id: null, vm_name };
        const input = jobOf({ kind: "managed_deployment", target, request }, actor);
        return this.#parts.jobs.start(input, (job) => this.#run(job, request, { host, vm_name, actor }));
      },
    };
  }

  async #run(
    job: RunningJob,
    flat: FieldValues,
    { host, vm_name, actor }: { host: string; vm_name: string; actor: string },
  ): Promise<JobOutputs> {
    job.plan(STEPS);
    const { vm, disk, nic, guest } = splitRequest(this.#parts.schemas, flat);
    const request = withoutSecrets(flat);
    const options = (step: Step): StepOptions => ({
      parent: job.job_id,
      deployment: {
        deployment_id: job.job_id,
        step: STEPS.indexOf(step) + 1,
        steps: STEPS.length,
        request,
      },
      host,
      vm_name,
      image_name: textField(flat, "image_name"),
    });

    const { vms, disks, nics, initializations } = this.#parts;
    const created = await run(job, "vm", () => vms.create(vm, options("vm")).start(actor));
    const vmId = String(created.vm_id);
    job.identify({ vm_id: vmId });
    const attached = await run(job, "disk", () => disks.create(vmId, disk, options("disk")).start(actor));
    const connected = await run(job, "nic", () => nics.create(vmId, nic, options("nic")).start(actor));
    const configured = await run(job, "initialization", () =>
      initializations.create(vmId, guest, options("initialization")).start(actor),
    );
    sayWhatClusteringDoes(job, textField(flat, "cluster_preference"));
    return { ...created, ...attached, ...connected, ...configured };
  }
}

/**
 * Runs one step and waits for its end.
 * @throws AethervError what the deployment fails with, where the step did not succeed
 */
async function run(job: RunningJob, step: Step, start: () => JobView): Promise<JobOutputs> {
  if (job.signal.aborted) throw canceled();
  const place = `Step ${STEPS.indexOf(step) + 1} of ${STEPS.length}`;
  job.log("info", `${place}: ${TITLES[step]}.`);
  const result = await job.step(step, start);
  job.created(...result.created);
  if (result.job.state === "succeeded") return result.job.outputs;
  if (job.signal.aborted) throw canceled();
  throw failureOf(step, place, result);
}

function failureOf(step: Step, place: string, { job }: StepResult): AethervError {
  if (job.state === "canceled" || job.error === null) {
    return new AethervError("step_failed", `${place} (${step}) was canceled by itself.`);
  }
  const { code, message, next, detail } = job.error;
  return new AethervError(isErrorCode(code) ? code : "step_failed", `${place} (${step}) failed: ${message}`, {
    next,
    detail,
  });
}

function canceled(): AethervError {
  return new AethervError("canceled", "The deployment was canceled.");
}

/** A cluster role would be the next step; the VM stays on its host until the guest has reported. */
function sayWhatClusteringDoes(job: RunningJob, preference: string | null): void {
  if (preference === null || preference === "none") return;
  job.log(
    "warning",
    "The VM stays unclustered for now: AetherV does not add cluster roles yet. Add it in Failover Cluster Manager.",
  );
}
