import { AethervError, toAethervError } from "@/lib/domain/errors";
import { redacted, secretsOf } from "@/lib/domain/field-values";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { HostInventory } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { JobInput } from "@/lib/jobs/job";
import type { JobService } from "@/lib/jobs/job-service";
import { isOutcomeUnknown, type JobOutputs, type Outcome, OutcomeUnknown } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import { type Expectation, requireExpected } from "./expectation";
import type { InventoryPort } from "./inventory-port";
import { onlyReading } from "./only-reading";
import type { Evidence, Operation } from "./operation";
import type { Preflight } from "./preflight";
import { refuse } from "./refusal";
import { requireOneHost, type StepOptions, type Target } from "./target";

/** A request that was validated, and can be checked or carried out. */
export interface PreparedJob {
  /** @throws AethervError with what is known to be wrong with the request, naming its fields */
  check(): void;
  /**
   * Checks, unless a deployment has, and starts the job.
   * @param actor who asks
   * @throws AethervError as `check`, and `queue_full`, `shutting_down`
   */
  start(actor: string): JobView;
}

/** What the services of the components work with. */
export interface ServiceParts {
  jobs: JobService;
  hypervisor: Hypervisor;
  inventory: InventoryPort;
  preflight: Preflight;
}

/** Failures after which the agent may have left something behind. */
const HALF_DONE: ReadonlySet<string> = new Set(["agent_failed", "hyperv_error", "winrm_fault"]);

/** How an operation is carried out. */
export interface Manner {
  /** As a deployment's step; else by itself. */
  step?: StepOptions | undefined;
  /** Only while what is changed is as expected. */
  expected?: Expectation | undefined;
}

/** The job that carries the operation out. */
export function prepare<Answer>(
  parts: ServiceParts,
  operation: Operation<Answer>,
  manner: Manner = {},
): PreparedJob {
  const { step, expected } = manner;
  const { versionOf, target } = operation;
  const check = () => {
    const { vm_id } = target;
    if (vm_id !== null) {
      requireOneHost(parts.inventory, { ...target, vm_id });
      if (versionOf !== undefined) requireExpected(expected, parts.inventory.vm(vm_id), versionOf);
    }
    refuse(operation.refusals());
  };
  return {
    check,
    start(actor) {
      if (step === undefined) check();
      return parts.jobs.start(jobOf(operation, actor, step), (job) =>
        carryOut(parts, operation, job, manner),
      );
    },
  };
}

/** What the job of an operation is called, and what of its request may be shown. */
export function jobOf(
  { kind, target, request }: Pick<Operation<unknown>, "kind" | "target" | "request">,
  actor: string,
  step?: StepOptions,
): JobInput & { parent: string | undefined } {
  const shown = { request: redacted(request), secrets: secretsOf(request) };
  return { kind, ...target, ...shown, actor, parent: step?.parent };
}

async function carryOut<Answer>(
  parts: ServiceParts,
  operation: Operation<Answer>,
  job: RunningJob,
  { step, expected }: Manner,
): Promise<JobOutputs> {
  job.log("info", operation.intent);
  await lookFirst(parts, operation, job, expected);
  const answer = await sendOnce(parts.inventory, operation, job, step);
  const { created, vm, outputs, words } = operation.done(answer);
  job.created(...created);
  const { host, vm_id } = operation.target;
  if (vm !== null) {
    job.identify(vm);
    await noteVm(parts, host, vm.vm_id, job);
  } else if (vm_id !== null) {
    parts.inventory.deleted(vm_id);
  }
  job.log("info", words);
  return outputs;
}

/** All that is read on hosts before the operation is sent. */
async function lookFirst<Answer>(
  { hypervisor, inventory }: ServiceParts,
  { target, versionOf, beforehand }: Operation<Answer>,
  job: RunningJob,
  expected: Expectation | undefined,
): Promise<void> {
  const { host, vm_id } = target;
  await onlyReading(async () => {
    if (expected !== undefined && versionOf !== undefined && vm_id !== null) {
      const vm = await hypervisor.readVm(host, vm_id, { ...job.call(null), log: () => {} });
      inventory.note(host, vm);
      requireExpected(expected, vm, versionOf);
    }
    await beforehand?.(job.call(null));
  });
}

/**
 * When contact is lost, the next reads of the host tell how it ended; when it fails in the middle, the job
 * notes what exists, or was done, all the same.
 */
async function sendOnce<Answer>(
  inventory: InventoryPort,
  operation: Operation<Answer>,
  job: RunningJob,
  step?: StepOptions,
): Promise<Answer> {
  const { host } = operation.target;
  const context = job.call(step?.deployment ?? null);
  let evidence = operation.evidence();
  const started = () => {
    evidence = operation.evidence();
    context.started();
  };
  try {
    return await operation.send({ ...context, started });
  } catch (thrown) {
    const error = toAethervError(thrown);
    if (isOutcomeUnknown(error)) {
      throw new OutcomeUnknown(error, (read) =>
        mayBeUnread(operation.target, read) ? null : outcomeOf(host, evidence, error, read),
      );
    }
    if (HALF_DONE.has(error.code)) await noteRemains(inventory, host, evidence, job);
    throw thrown;
  }
}

/** Whether the read may have the VM without saying what it is like: neither its being there nor its absence is shown. */
function mayBeUnread(target: Target, { unread_vms }: HostInventory): boolean {
  return unread_vms.some(
    ({ vm_id, vm_name }) => vm_id === null || vm_id === target.vm_id || vm_name === target.vm_name,
  );
}

function outcomeOf(
  host: string,
  evidence: Evidence,
  reason: AethervError,
  read: HostInventory,
): Outcome | null {
  const found = evidence.find(read);
  if (found !== null) return { state: "succeeded", outputs: found.outputs, created: found.created };
  if (evidence.absence === null) return null;
  const message = `${reason.message} A later read of ${host} shows that ${evidence.absence}.`;
  const next = evidence.next ?? "Nothing was changed. Start it again when the host answers reliably.";
  return {
    state: "failed",
    error: new AethervError(reason.code, message, { next, cause: reason }),
    created: [],
  };
}

async function noteRemains(
  inventory: InventoryPort,
  host: string,
  evidence: Evidence,
  job: RunningJob,
): Promise<void> {
  await inventory.refresh(host);
  if (inventory.host(host).state !== "online") {
    job.log("warning", `${host} does not answer: what it left behind is not known.`);
    return;
  }
  const vms = inventory.vms().filter((vm) => vm.host === host && vm.missing_since === null);
  const remains = evidence.find({ vms });
  if (remains === null) return;
  job.created(...remains.created);
  if (remains.created.length === 0)
    job.log("warning", `A read of ${host} shows that it was done all the same.`);
}

/** Reads a VM that was just changed, so that the next request finds it as it is now. */
export async function noteVm(
  { hypervisor, inventory }: Pick<ServiceParts, "hypervisor" | "inventory">,
  host: string,
  vmId: string,
  job: RunningJob,
): Promise<void> {
  try {
    inventory.note(host, await hypervisor.readVm(host, vmId, { ...job.call(null), log: () => {} }));
  } catch (thrown) {
    // The whole read of the host that follows each job brings the same.
    job.log("verbose", `The VM could not be read again yet: ${toAethervError(thrown).message}`);
  }
}
