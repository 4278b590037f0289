import type { DeletionPlan } from "@/lib/domain/deletion";
import { toAethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import { readCall } from "@/lib/domain/hypervisor";
import type { VmView } from "@/lib/domain/inventory";
import type { ClusterAction, PowerAction } from "@/lib/domain/power-actions";
import type { Expectation } from "./expectation";
import { clusterVm } from "./operations/cluster-vm";
import { completeVm } from "./operations/complete-vm";
import { createVm } from "./operations/create-vm";
import { deleteVm, type VmDeletionRequest } from "./operations/delete-vm";
import { powerVm } from "./operations/power-vm";
import { updateVm } from "./operations/update-vm";
import { askOtherNodes, nextFor } from "./other-nodes";
import { type Manner, type PreparedJob, prepare, type ServiceParts } from "./prepared-job";
import { type ExistingTarget, type StepOptions, targetOf } from "./target";

/**
 * VMs without disks and network adapters: those are resources of their own. What takes a VM's id throws
 * `vm_not_found` where no host lists it.
 */
export class VmService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Why no VM may get this name now: a VM has it, or an unfinished job is about to give it; null: it is free. */
  nameProblem(name: string): string | null {
    return this.#parts.preflight.vmName(name)[0]?.message ?? null;
  }

  /** Outputs: `vm_id` and `vm_name`. */
  create(request: FieldValues, step?: StepOptions): PreparedJob {
    return prepare(this.#parts, createVm(this.#parts, request, step), { step });
  }

  /** Sets up the VM that an unfinished deployment has created. Outputs: as of `create`. */
  complete(vmId: string, request: FieldValues, step: StepOptions): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, step);
    return prepare(this.#parts, completeVm(this.#parts, target, request, step), { step });
  }

  /**
   * Outputs: `vm_id` and `vm_name`.
   * @param changes the fields to change, no others
   */
  update(vmId: string, changes: FieldValues, expected?: Expectation): PreparedJob {
    return prepare(this.#parts, updateVm(this.#parts, this.#target(vmId), changes), { expected });
  }

  /** Outputs: `vm_id`, `vm_name`, and `deleted_files` and `kept_files`, lists of paths (null: not known). */
  delete(vmId: string, request: VmDeletionRequest, expected?: Expectation): PreparedJob {
    return prepare(this.#parts, deleteVm(this.#parts, this.#target(vmId), request), { expected });
  }

  /** Outputs: `vm_id` and `vm_state`. */
  power(vmId: string, action: PowerAction, expected?: Expectation): PreparedJob {
    return prepare(this.#parts, powerVm(this.#parts, this.#target(vmId), action), { expected });
  }

  /** Outputs: `vm_id` and `cluster`, its name; null: the VM has no role any more. */
  cluster(vmId: string, action: ClusterAction, manner: Manner = {}): PreparedJob {
    const target = targetOf(this.#parts.inventory, vmId, manner.step);
    return prepare(this.#parts, clusterVm(this.#parts, target, action), manner);
  }

  /**
   * What deleting the VM with its files would do now, asked of the host and of the other nodes of its cluster.
   * @throws AethervError as any read of a host
   */
  async deletionPlan(vmId: string, signal: AbortSignal): Promise<DeletionPlan & { next: string | null }> {
    const { host, vm_id } = this.#target(vmId);
    const call = readCall(signal);
    const others = await askOtherNodes(this.#parts, host, call);
    const plan = await this.#parts.hypervisor.planVmDeletion(host, vm_id, others.answers, call);
    return { ...plan, next: nextFor(others) };
  }

  /**
   * The VM as its host says it is now; one that has moved meanwhile is looked for on the cluster's other nodes.
   * @throws AethervError as any read of a host
   */
  async read(vmId: string, signal: AbortSignal): Promise<VmView> {
    const { inventory } = this.#parts;
    const { host, vm_id } = this.#target(vmId);
    try {
      await this.#readOn(host, vm_id, signal);
    } catch (thrown) {
      if (toAethervError(thrown).code !== "vm_not_found") throw thrown;
      const { record } = inventory.host(host);
      const nodes = inventory.hosts().filter(({ record: other }) => other?.cluster === record?.cluster);
      await Promise.all([host, ...nodes.map(({ name }) => name)].map((name) => inventory.refresh(name)));
      const now = inventory.vm(vm_id);
      if (now.host === host) throw thrown;
      await this.#readOn(now.host, vm_id, signal);
    }
    return inventory.vm(vm_id);
  }

  async #readOn(host: string, vmId: string, signal: AbortSignal): Promise<void> {
    const { inventory, hypervisor } = this.#parts;
    inventory.note(host, await hypervisor.readVm(host, vmId, readCall(signal)));
  }

  #target(vmId: string): ExistingTarget {
    return targetOf(this.#parts.inventory, vmId);
  }
}
