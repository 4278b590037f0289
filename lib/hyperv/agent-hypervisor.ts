import type { z } from "zod";
import type { AgentCall } from "@/lib/agents/agent-call";
import type { AgentInvoker, AgentIo, WireCost } from "@/lib/agents/invoker";
import type {
  DeletedDisk,
  DeletedVm,
  DeletionPlan,
  DiskDeletion,
  NodeFileUse,
  VmDeletion,
} from "@/lib/domain/deletion";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { HostFindings } from "@/lib/domain/host-check";
import type { HostConfig } from "@/lib/domain/host-config";
import {
  type CallContext,
  type CreatedDisk,
  type CreatedNic,
  type CreatedVm,
  type ExchangeStage,
  type GuestConfig,
  type GuestStatus,
  type Hypervisor,
  type InitializationBegun,
  type InitializationRequest,
  type InventoryRead,
  readCall,
} from "@/lib/domain/hypervisor";
import type { KnownDisk, VmRecord, VmState } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import type { PowerAction } from "@/lib/domain/power-actions";
import type { CallQueue, Lane } from "./call-queue";
import type { Deadlines } from "./deadlines";
import { type AgentOperation, OPERATIONS } from "./operations";

/** Name and version of the schema that an agent's fields come from; they travel with every call. */
export type AgentSchemas = Record<AgentCall["agent"], { name: string; version: string }>;

/** What only some calls carry, and who wants to know what the call cost. */
type CallExtras = Pick<AgentCall, "guest_config" | "known_disks"> & Pick<AgentIo, "spent">;

/** The port `Hypervisor` over agents: one method is one agent call in the host's queue. */
export class AgentHypervisor implements Hypervisor {
  readonly #hosts: ReadonlyMap<string, HostConfig>;
  readonly #invoker: AgentInvoker;
  readonly #queue: CallQueue;
  readonly #deadlines: Deadlines;
  readonly #schemas: AgentSchemas;

  constructor(parts: {
    hosts: readonly HostConfig[];
    invoker: AgentInvoker;
    queue: CallQueue;
    deadlines: Deadlines;
    schemas: AgentSchemas;
  }) {
    this.#hosts = new Map(parts.hosts.map((host) => [host.name, host]));
    this.#invoker = parts.invoker;
    this.#queue = parts.queue;
    this.#deadlines = parts.deadlines;
    this.#schemas = parts.schemas;
  }

  createVm(host: string, spec: FieldValues, call: CallContext): Promise<CreatedVm> {
    return this.#call(host, OPERATIONS.createVm, spec, call);
  }

  async readVm(host: string, vmId: string, call: CallContext): Promise<VmRecord> {
    return (await this.#call(host, OPERATIONS.readVm, { vm_id: vmId }, call)).vm;
  }

  updateVm(host: string, vmId: string, changes: FieldValues, call: CallContext): Promise<CreatedVm> {
    return this.#call(host, OPERATIONS.updateVm, { ...changes, vm_id: vmId }, call);
  }

  planVmDeletion(
    host: string,
    vmId: string,
    otherNodes: readonly NodeFileUse[],
    call: CallContext,
  ): Promise<DeletionPlan> {
    const spec = { vm_id: vmId, other_nodes: [...otherNodes] };
    return this.#call(host, OPERATIONS.planVmDeletion, spec, call);
  }

  deleteVm(host: string, vmId: string, deletion: VmDeletion, call: CallContext): Promise<DeletedVm> {
    return this.#call(host, OPERATIONS.deleteVm, { ...deletion, vm_id: vmId }, call);
  }

  async powerVm(host: string, vmId: string, action: PowerAction, call: CallContext): Promise<VmState> {
    const operation = action === "shutdown" ? OPERATIONS.shutDownGuest : OPERATIONS.powerVm;
    return (await this.#call(host, operation, { vm_id: vmId, action }, call)).vm_state;
  }

  async addToCluster(host: string, vmId: string, call: CallContext): Promise<string> {
    return (await this.#call(host, OPERATIONS.addToCluster, { vm_id: vmId }, call)).cluster;
  }

  async removeFromCluster(host: string, vmId: string, call: CallContext): Promise<void> {
    await this.#call(host, OPERATIONS.removeFromCluster, { vm_id: vmId }, call);
  }

  createDisk(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedDisk> {
    const operation = spec.image_name === undefined ? OPERATIONS.createDisk : OPERATIONS.cloneDisk;
    return this.#call(host, operation, { ...spec, vm_id: vmId }, call);
  }

  updateDisk(
    host: string,
    vmId: string,
    diskId: string,
    changes: FieldValues,
    call: CallContext,
  ): Promise<CreatedDisk> {
    return this.#call(host, OPERATIONS.updateDisk, { ...changes, vm_id: vmId, disk_id: diskId }, call);
  }

  deleteDisk(
    host: string,
    vmId: string,
    diskId: string,
    deletion: DiskDeletion,
    call: CallContext,
  ): Promise<DeletedDisk> {
    return this.#call(host, OPERATIONS.deleteDisk, { ...deletion, vm_id: vmId, disk_id: diskId }, call);
  }

  createNic(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedNic> {
    return this.#call(host, OPERATIONS.createNic, { ...spec, vm_id: vmId }, call);
  }

  updateNic(
    host: string,
    vmId: string,
    nicId: string,
    changes: FieldValues,
    call: CallContext,
  ): Promise<CreatedNic> {
    return this.#call(host, OPERATIONS.updateNic, { ...changes, vm_id: vmId, nic_id: nicId }, call);
  }

  async deleteNic(host: string, vmId: string, nicId: string, call: CallContext): Promise<void> {
    await this.#call(host, OPERATIONS.deleteNic, { vm_id: vmId, nic_id: nicId }, call);
  }

  beginInitialization(
    host: string,
    request: InitializationRequest,
    call: CallContext,
  ): Promise<InitializationBegun> {
    return this.#call(host, OPERATIONS.begin, { ...request }, call);
  }

  guestStatus(host: string, vmId: string, call: CallContext): Promise<GuestStatus> {
    return this.#call(host, OPERATIONS.status, { vm_id: vmId }, call);
  }

  async publishGuestConfig(
    host: string,
    request: InitializationRequest,
    keyFingerprint: string,
    guestConfig: GuestConfig,
    call: CallContext,
  ): Promise<void> {
    const spec = { vm_id: request.vm_id, os_family: request.os_family, key_fingerprint: keyFingerprint };
    await this.#call(host, OPERATIONS.publish, spec, call, { guest_config: guestConfig });
  }

  async announceGuestConfig(host: string, vmId: string, call: CallContext): Promise<void> {
    await this.#call(host, OPERATIONS.announce, { vm_id: vmId }, call);
  }

  async finishInitialization(
    host: string,
    vmId: string,
    stage: ExchangeStage,
    call: CallContext,
  ): Promise<void> {
    const spec = { vm_id: vmId, completed: stage === "completed", ended: stage === "ended" };
    await this.#call(host, OPERATIONS.finish, spec, call);
  }

  async readInventory(
    host: string,
    known: readonly KnownDisk[],
    signal: AbortSignal,
  ): Promise<InventoryRead> {
    let wire: WireCost = { round_trips: 0, received_bytes: 0 };
    const extras = {
      known_disks: known,
      spent: (cost: WireCost) => {
        wire = cost;
      },
    };
    const inventory = await this.#call(host, OPERATIONS.readInventory, {}, readCall(signal), extras);
    return { inventory, ...wire };
  }

  readFileUse(host: string, call: CallContext): Promise<NodeFileUse> {
    return this.#call(host, OPERATIONS.readFileUse, {}, call);
  }

  checkHost(host: string, call: CallContext): Promise<HostFindings> {
    return this.#call(host, OPERATIONS.checkHost, {}, call);
  }

  async #call<Outputs extends z.ZodType>(
    hostName: string,
    operation: AgentOperation<Outputs>,
    spec: FieldValues,
    call: CallContext,
    { spent, ...members }: CallExtras = {},
  ): Promise<z.output<Outputs>> {
    const host = this.#hosts.get(hostName);
    if (host === undefined) {
      throw new AethervError("host_not_found", `The configuration names no host ${hostName}.`);
    }
    const { agent } = operation;
    const request: AgentCall = {
      agent,
      operation: operation.operation,
      schema: this.#schemas[agent],
      job_id: call.job_id,
      context: call.deployment,
      spec,
      ...members,
    };
    const answer = await this.#queue.run(host.name, operation.lane, call.signal, () => {
      call.started();
      return this.#invoke(host, operation, request, call, spent);
    });
    const parsed = operation.outputs.safeParse(answer);
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "outputs"}: ${message}`,
    );
    throw new AethervError("agent_failed", `The ${agent} agent gave a result that is not as agreed.`, {
      detail: wrong.slice(0, 5).join("; "),
    });
  }

  async #invoke(
    host: HostConfig,
    operation: AgentOperation<z.ZodType>,
    request: AgentCall,
    call: CallContext,
    spent: AgentIo["spent"],
  ): Promise<JsonObject> {
    const seconds = this.#deadlines[operation.deadline];
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), seconds * 1000);
    try {
      const signal = AbortSignal.any([call.signal, deadline.signal]);
      return await this.#invoker.invoke(host, request, {
        log: call.log,
        signal,
        ...processFor(operation.lane),
        ...(spent ? { spent } : {}),
      });
    } catch (thrown) {
      if (!(thrown instanceof AethervError) || !INTERRUPTED.has(thrown.code)) throw thrown;
      const what = `${operation.agent}/${operation.operation} on ${host.name}`;
      if (deadline.signal.aborted) {
        const message = `A call to ${host.name} took longer than its deadline of ${seconds} s and was stopped.`;
        throw new AethervError("deadline_exceeded", message, {
          detail: `The call was ${what}.`,
          cause: thrown,
        });
      }
      // What a read that was stopped had done so far is of no interest to anybody.
      if (call.signal.aborted && operation.lane === "read") {
        throw new AethervError("canceled", `${what} was canceled.`, { cause: thrown });
      }
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Calls that may take long are kept out of the processes that others wait for. */
function processFor(lane: Lane): Pick<AgentIo, "process"> {
  if (lane === "mutation") return { process: "mutations" };
  return lane === "read" ? { process: "reads" } : {};
}

/** How a call ends whose signal was aborted: before the agent could have started, or afterwards. */
const INTERRUPTED: ReadonlySet<string> = new Set(["canceled", "contact_lost"]);
