import { isErrorCode } from "@/lib/domain/error-codes";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import { type FieldValues, textField, withoutSecrets } from "@/lib/domain/field-values";
import type { DeploymentContext, Hypervisor } from "@/lib/domain/hypervisor";
import type { JobView } from "@/lib/domain/job";
import { DEPLOYMENT_STEPS, type DeploymentStep } from "@/lib/domain/unfinished-deployment";
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

type Step = DeploymentStep;

const TITLES: Record<Step, string> = {
  vm: "create the VM",
  disk: "create its disk",
  nic: "add its network adapter",
  initialization: "start and configure the guest",
  cluster: "make it a role of the cluster",
};

export interface DeploymentParts {
  jobs: JobService;
  schemas: SchemaSet;
  hypervisor: Pick<Hypervisor, "finishInitialization">;
  preflight: Preflight;
  vms: VmService;
  disks: DiskService;
  nics: NicService;
  initializations: InitializationService;
}

/**
 * One VM with one disk and one adapter, configured and running, and in its host's cluster if that is asked for: the
 * same operations that the component APIs offer, one after the other. A step that fails ends it; what exists stays.
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
    const clustering = this.#clustering(flat);
    const steps = DEPLOYMENT_STEPS.filter((step) => step !== "cluster" || clustering.isStep);
    const since = new Date().toISOString();
    job.plan(steps);
    const { vm, disk, nic, guest } = splitRequest(this.#parts.schemas, flat);
    const request = withoutSecrets(flat);
    const options = (step: Step): StepOptions => ({
      parent: job.job_id,
      deployment: {
        deployment_id: job.job_id,
        step: steps.indexOf(step) + 1,
        steps: steps.length,
        since,
        request,
      },
      host,
      vm_name,
      image_name: textField(flat, "image_name"),
    });

    const { vms, disks, nics, initializations } = this.#parts;
    const run = (step: Step, start: () => JobView) => runStep(job, step, steps, start);
    const created = await run("vm", () => vms.create(vm, options("vm")).start(actor));
    const vmId = String(created.vm_id);
    job.identify({ vm_id: vmId });
    const attached = await run("disk", () => disks.create(vmId, disk, options("disk")).start(actor));
    const connected = await run("nic", () => nics.create(vmId, nic, options("nic")).start(actor));
    const configured = await run("initialization", () =>
      initializations.create(vmId, guest, options("initialization")).start(actor),
    ).catch((thrown: unknown) => {
      if (clustering.isStep) job.log("warning", "The VM stays unclustered: its guest has not reported.");
      throw thrown;
    });
    const outputs = { ...created, ...attached, ...connected, ...configured };

    if (clustering.obstacle !== null) job.log("warning", `The VM stays unclustered: ${clustering.obstacle}`);
    if (!clustering.isStep) return outputs;
    const step = options("cluster");
    const cluster = () => run("cluster", () => vms.cluster(vmId, "add", { step }).start(actor));
    if (clustering.isRequired) return { ...outputs, ...(await cluster()) };
    try {
      return { ...outputs, ...(await cluster()) };
    } catch (thrown) {
      if (job.signal.aborted) throw thrown;
      const { message } = toAethervError(thrown);
      job.log("warning", `${message} The VM stays unclustered: its cluster was preferred, not required.`);
      await this.#close(job, { host, vmId, deployment: step.deployment });
      return outputs;
    }
  }

  /** What becomes of the request's preference. A VM is a role only once its guest has reported: that is the last step. */
  #clustering(flat: FieldValues): { isStep: boolean; isRequired: boolean; obstacle: string | null } {
    const preference = textField(flat, "cluster_preference") ?? "none";
    if (preference === "none") return { isStep: false, isRequired: false, obstacle: null };
    if (preference === "required") return { isStep: true, isRequired: true, obstacle: null };
    const obstacle = this.#parts.preflight.clustering(flat)[0]?.message ?? null;
    return { isStep: obstacle === null, isRequired: false, obstacle };
  }

  /** The last step was not carried out, and need not be: the marker in the VM's Notes shrinks all the same. */
  async #close(
    job: RunningJob,
    { host, vmId, deployment }: { host: string; vmId: string; deployment: DeploymentContext },
  ): Promise<void> {
    try {
      await this.#parts.hypervisor.finishInitialization(host, vmId, "completed", job.call(deployment));
    } catch (thrown) {
      const { message } = toAethervError(thrown);
      job.log("warning", `The Notes of the VM still say that its deployment is unfinished: ${message}`);
    }
  }
}

/**
 * Runs one step and waits for its end.
 * @throws AethervError what the deployment fails with, where the step did not succeed
 */
async function runStep(
  job: RunningJob,
  step: Step,
  steps: readonly Step[],
  start: () => JobView,
): Promise<JobOutputs> {
  if (job.signal.aborted) throw canceled();
  const place = `Step ${steps.indexOf(step) + 1} of ${steps.length}`;
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
