import { isErrorCode } from "@/lib/domain/error-codes";
import { AethervError, toAethervError } from "@/lib/domain/errors";
import { type FieldValues, textField, withoutSecrets } from "@/lib/domain/field-values";
import type { DeploymentContext, Hypervisor } from "@/lib/domain/hypervisor";
import type { JobView } from "@/lib/domain/job";
import {
  DEPLOYMENT_STEPS,
  type DeploymentStep,
  type UnfinishedDeployment,
} from "@/lib/domain/unfinished-deployment";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { RunningJob, StepResult } from "@/lib/jobs/running-job";
import type { DiskService } from "@/lib/provisioning/disk-service";
import type { InitializationService } from "@/lib/provisioning/initialization-service";
import type { NicService } from "@/lib/provisioning/nic-service";
import type { Preflight } from "@/lib/provisioning/preflight";
import type { StepOptions } from "@/lib/provisioning/target";
import type { VmService } from "@/lib/provisioning/vm-service";
import type { SchemaSet } from "@/lib/schema/schema-set";
import { type SplitRequest, splitRequest } from "@/lib/schema/split";
import { changedGuestFields } from "./fixed-fields";

const TITLES: Record<DeploymentStep, string> = {
  vm: "create the VM",
  disk: "create its disk",
  nic: "add its network adapter",
  initialization: "start and configure the guest",
  cluster: "make it a role of the cluster",
};

/** What the steps are carried out by. */
export interface StepParts {
  schemas: SchemaSet;
  hypervisor: Pick<Hypervisor, "finishInitialization">;
  preflight: Pick<Preflight, "clustering">;
  vms: VmService;
  disks: DiskService;
  nics: NicService;
  initializations: InitializationService;
}

/** What is deployed, where, and for whom. */
interface Order {
  request: FieldValues;
  host: string;
  vm_name: string;
  /** Who asks. */
  actor: string;
  /** What an earlier try has left of it; null: this is the first. */
  left: UnfinishedDeployment | null;
}

/** One run through the steps of a deployment, or through those that are missing. A step that fails ends it. */
export class DeploymentRun {
  readonly #parts: StepParts;
  readonly #job: RunningJob;
  readonly #order: Order;
  readonly #clustering: Clustering;
  readonly #steps: readonly DeploymentStep[];
  readonly #split: SplitRequest;
  readonly #context: Omit<DeploymentContext, "step" | "steps">;

  constructor(parts: StepParts, job: RunningJob, order: Order) {
    const { request, host, actor, left } = order;
    this.#parts = parts;
    this.#job = job;
    this.#order = order;
    this.#clustering = clusteringOf(parts.preflight, { ...request, target_host: host });
    this.#steps = DEPLOYMENT_STEPS.filter((step) => step !== "cluster" || this.#clustering.isStep);
    this.#split = splitRequest(parts.schemas, request);
    const since = left === null ? new Date().toISOString() : left.since;
    const asked = left === null ? actor : left.actor;
    this.#context = {
      deployment_id: left?.deployment_id ?? job.job_id,
      ...(since === null ? {} : { since }),
      ...(asked === null ? {} : { actor: asked }),
      request: withoutSecrets(request),
    };
    job.plan(this.#steps.filter((step) => this.#isMissing(step)));
  }

  /** Gives the outputs of all steps together. */
  async carryOut(): Promise<JobOutputs> {
    const vmId = await this.#vm();
    const outputs: JobOutputs = {
      vm_id: vmId,
      vm_name: this.#order.vm_name,
      ...(await this.#run("disk", (step) =>
        this.#parts.disks.create(vmId, this.#split.disk, step).start(this.#order.actor),
      )),
      ...(await this.#run("nic", (step) => this.#nic(vmId, step))),
      ...(await this.#run("initialization", (step) => this.#initialization(vmId, step)).catch((thrown) => {
        if (this.#clustering.isStep)
          this.#job.log("warning", "The VM stays unclustered: its guest has not reported.");
        throw thrown;
      })),
    };
    const { obstacle, isStep } = this.#clustering;
    if (obstacle !== null) this.#job.log("warning", `The VM stays unclustered: ${obstacle}`);
    if (isStep) return { ...outputs, ...(await this.#cluster(vmId)) };
    if (!this.#isMissing("initialization")) await this.#close(vmId);
    return outputs;
  }

  /** The id of the VM. */
  async #vm(): Promise<string> {
    const { left, actor } = this.#order;
    const { vms } = this.#parts;
    const { vm } = this.#split;
    const { vm_id } = await this.#run("vm", (step) =>
      (left === null ? vms.create(vm, step) : vms.complete(left.vm_id, vm, step)).start(actor),
    );
    const vmId = left?.vm_id ?? String(vm_id);
    this.#job.identify({ vm_id: vmId });
    return vmId;
  }

  /** An adapter that is there already was cut off before it came into its network. */
  #nic(vmId: string, step: StepOptions): JobView {
    const { left, actor } = this.#order;
    const { nics } = this.#parts;
    const found = left?.exists.find(({ kind }) => kind === "nic");
    // One that a VM has before its first step is done came with the VM, and goes in that step.
    const made = left === null || left.missing.includes("vm") ? undefined : found?.id;
    const { nic } = this.#split;
    return (made === undefined ? nics.create(vmId, nic, step) : nics.update(vmId, made, nic, { step })).start(
      actor,
    );
  }

  #initialization(vmId: string, step: StepOptions): JobView {
    const { left, request, actor } = this.#order;
    const { initializations, schemas } = this.#parts;
    const { guest } = this.#split;
    if (left === null) return initializations.create(vmId, guest, step).start(actor);
    const changed = changedGuestFields(schemas, request, left.request);
    return initializations
      .resume(vmId, guest, step, () => {
        if (changed.length > 0) throw configuredOtherwise(changed);
        this.#job.log("warning", "The guest keeps the secrets that it was given before.");
      })
      .start(actor);
  }

  async #cluster(vmId: string): Promise<JobOutputs> {
    const run = () =>
      this.#run("cluster", (step) => this.#parts.vms.cluster(vmId, "add", { step }).start(this.#order.actor));
    if (this.#clustering.isRequired) return run();
    try {
      return await run();
    } catch (thrown) {
      if (this.#job.signal.aborted) throw thrown;
      const { message } = toAethervError(thrown);
      this.#job.log(
        "warning",
        `${message} The VM stays unclustered: its cluster was preferred, not required.`,
      );
      await this.#close(vmId);
      return {};
    }
  }

  /** The last step is not carried out, and need not be: the marker in the VM's Notes shrinks all the same. */
  async #close(vmId: string): Promise<void> {
    const { host } = this.#order;
    const last = this.#contextOf(this.#steps.at(-1) ?? "vm");
    try {
      await this.#parts.hypervisor.finishInitialization(host, vmId, "completed", this.#job.call(last));
    } catch (thrown) {
      const { message } = toAethervError(thrown);
      this.#job.log("warning", `The Notes of the VM still say that its deployment is unfinished: ${message}`);
      return;
    }
    // The whole read of the host that follows each job brings the same, only later.
    await this.#parts.vms.read(vmId, this.#job.signal).catch(() => undefined);
  }

  /** A role that is there already is told again, so that the marker shrinks. */
  #isMissing(step: DeploymentStep): boolean {
    const { left } = this.#order;
    return left === null || step === "cluster" || left.missing.includes(step);
  }

  #contextOf(step: DeploymentStep): DeploymentContext {
    return { ...this.#context, step: this.#steps.indexOf(step) + 1, steps: this.#steps.length };
  }

  /**
   * Runs one step and waits for its end; gives its outputs, none where it is not missing.
   * @throws AethervError what the deployment fails with, where the step did not succeed
   */
  async #run(step: DeploymentStep, start: (options: StepOptions) => JobView): Promise<JobOutputs> {
    if (!this.#isMissing(step)) return {};
    if (this.#job.signal.aborted) throw canceled();
    const { request, host, vm_name, left } = this.#order;
    const place = `Step ${this.#steps.indexOf(step) + 1} of ${this.#steps.length}`;
    this.#job.log("info", `${place}: ${TITLES[step]}.`);
    const options: StepOptions = {
      parent: this.#job.job_id,
      deployment: this.#contextOf(step),
      host,
      vm_name,
      continues: left !== null,
      image_name: textField(request, "image_name"),
    };
    const result = await this.#job.step(step, () => start(options));
    this.#job.created(...result.created);
    if (result.job.state === "succeeded") return result.job.outputs;
    if (this.#job.signal.aborted) throw canceled();
    throw failureOf(step, place, result);
  }
}

/** What becomes of the request's preference. A VM is a role only once its guest has reported: that is the last step. */
interface Clustering {
  isStep: boolean;
  isRequired: boolean;
  /** Why a cluster that was preferred is not to be had. */
  obstacle: string | null;
}

function clusteringOf(preflight: StepParts["preflight"], request: FieldValues): Clustering {
  const preference = textField(request, "cluster_preference") ?? "none";
  if (preference === "none") return { isStep: false, isRequired: false, obstacle: null };
  if (preference === "required") return { isStep: true, isRequired: true, obstacle: null };
  const obstacle = preflight.clustering(request)[0]?.message ?? null;
  return { isStep: obstacle === null, isRequired: false, obstacle };
}

function failureOf(step: DeploymentStep, place: string, { job }: StepResult): AethervError {
  if (job.state === "canceled" || job.error === null) {
    return new AethervError("step_failed", `${place} (${step}) was canceled by itself.`);
  }
  const { code, message, next, detail } = job.error;
  return new AethervError(isErrorCode(code) ? code : "step_failed", `${place} (${step}) failed: ${message}`, {
    next,
    detail,
  });
}

function configuredOtherwise(fields: readonly string[]): AethervError {
  const message = `The guest was configured before, and keeps what it has: ${fields.join(", ")} can no longer be changed.`;
  const next = "Continue with these as the deployment began with them, and change them in the guest itself.";
  return new AethervError("deployment_changed", message, { next });
}

function canceled(): AethervError {
  return new AethervError("canceled", "The deployment was canceled.");
}
