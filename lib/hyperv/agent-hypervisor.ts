import type { z } from "zod";
import type { AgentCall } from "@/lib/agents/agent-call";
import type { AgentInvoker } from "@/lib/agents/invoker";
import { AethervError } from "@/lib/domain/errors";
import type { HostConfig } from "@/lib/domain/host-config";
import type {
  CallContext,
  CreatedDisk,
  CreatedNic,
  CreatedVm,
  GuestStatus,
  Hypervisor,
  InitializationBegun,
  InitializationRequest,
} from "@/lib/domain/hypervisor";
import type { HostInventory, VmRecord } from "@/lib/domain/inventory";
import type { GuestConfig, Spec } from "@/lib/domain/spec";
import type { CallQueue, Lane } from "./call-queue";
import type { DeadlineName, Deadlines } from "./deadlines";
import * as outputs from "./outputs";

/** Name and version of the schema that an agent's fields come from; they travel with every call. */
export type AgentSchemas = Record<AgentCall["agent"], { name: string; version: string }>;

interface Operation<Shape extends z.ZodType> {
  agent: AgentCall["agent"];
  operation: string;
  lane: Lane;
  deadline: DeadlineName;
  outputs: Shape;
  spec: Spec;
  guestConfig?: GuestConfig;
}

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

  createVm(host: string, spec: Spec, call: CallContext): Promise<CreatedVm> {
    const operation = { agent: "vm", operation: "create", lane: "mutation", deadline: "vm_create" } as const;
    return this.#call(host, { ...operation, outputs: outputs.createdVm, spec }, call);
  }

  async readVm(host: string, vmId: string, call: CallContext): Promise<VmRecord> {
    const operation = { agent: "vm", operation: "read", lane: "read", deadline: "read" } as const;
    const spec = { vm_id: vmId };
    return (await this.#call(host, { ...operation, outputs: outputs.readVm, spec }, call)).vm;
  }

  createDisk(host: string, vmId: string, spec: Spec, call: CallContext): Promise<CreatedDisk> {
    const lane: Lane = spec.image_name === undefined ? "mutation" : "copy";
    const operation = { agent: "disk", operation: "create", lane, deadline: "disk_create" } as const;
    return this.#call(
      host,
      { ...operation, outputs: outputs.createdDisk, spec: { ...spec, vm_id: vmId } },
      call,
    );
  }

  createNic(host: string, vmId: string, spec: Spec, call: CallContext): Promise<CreatedNic> {
    const operation = {
      agent: "nic",
      operation: "create",
      lane: "mutation",
      deadline: "nic_create",
    } as const;
    return this.#call(
      host,
      { ...operation, outputs: outputs.createdNic, spec: { ...spec, vm_id: vmId } },
      call,
    );
  }

  beginInitialization(
    host: string,
    request: InitializationRequest,
    call: CallContext,
  ): Promise<InitializationBegun> {
    return this.#initialize(host, "begin", outputs.initializationBegun, { ...request }, call);
  }

  guestStatus(host: string, vmId: string, call: CallContext): Promise<GuestStatus> {
    const operation = {
      agent: "initialization",
      operation: "status",
      lane: "read",
      deadline: "read",
    } as const;
    return this.#call(host, { ...operation, outputs: outputs.guestStatus, spec: { vm_id: vmId } }, call);
  }

  async publishGuestConfig(
    host: string,
    request: InitializationRequest,
    keyFingerprint: string,
    guestConfig: GuestConfig,
    call: CallContext,
  ): Promise<void> {
    const spec = { vm_id: request.vm_id, os_family: request.os_family, key_fingerprint: keyFingerprint };
    await this.#initialize(host, "publish", outputs.nothing, spec, call, guestConfig);
  }

  async announceGuestConfig(host: string, vmId: string, call: CallContext): Promise<void> {
    await this.#initialize(host, "announce", outputs.nothing, { vm_id: vmId }, call);
  }

  async finishInitialization(
    host: string,
    vmId: string,
    completed: boolean,
    call: CallContext,
  ): Promise<void> {
    await this.#initialize(host, "finish", outputs.finished, { vm_id: vmId, completed }, call);
  }

  readInventory(host: string, signal: AbortSignal): Promise<HostInventory> {
    const operation = { agent: "inventory", operation: "read", lane: "read", deadline: "inventory" } as const;
    const context = { job_id: "inventory", deployment: null, log: () => {}, started: () => {}, signal };
    return this.#call(host, { ...operation, outputs: outputs.inventory, spec: {} }, context);
  }

  #initialize<Shape extends z.ZodType>(
    host: string,
    operation: string,
    shape: Shape,
    spec: Spec,
    call: CallContext,
    guestConfig?: GuestConfig,
  ): Promise<z.output<Shape>> {
    const common = { agent: "initialization", lane: "mutation", deadline: "initialization" } as const;
    const config = guestConfig === undefined ? {} : { guestConfig };
    return this.#call(host, { ...common, operation, outputs: shape, spec, ...config }, call);
  }

  async #call<Shape extends z.ZodType>(
    hostName: string,
    operation: Operation<Shape>,
    call: CallContext,
  ): Promise<z.output<Shape>> {
    const host = this.#hosts.get(hostName);
    if (host === undefined) {
      throw new AethervError("host_not_found", `The configuration names no host ${hostName}.`);
    }
    const answer = await this.#queue.run(host.name, operation.lane, call.signal, () => {
      call.started();
      return this.#invoke(host, operation, call);
    });
    const parsed = operation.outputs.safeParse(answer);
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues.map(
      (issue) => `${issue.path.join(".") || "outputs"}: ${issue.message}`,
    );
    throw new AethervError(
      "agent_failed",
      `The ${operation.agent} agent gave a result that is not as agreed.`,
      {
        detail: wrong.slice(0, 5).join("; "),
      },
    );
  }

  async #invoke<Shape extends z.ZodType>(host: HostConfig, operation: Operation<Shape>, call: CallContext) {
    const seconds = this.#deadlines[operation.deadline];
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), seconds * 1000);
    const request: AgentCall = {
      agent: operation.agent,
      operation: operation.operation,
      schema: this.#schemas[operation.agent],
      job_id: call.job_id,
      context: call.deployment,
      spec: operation.spec,
      ...(operation.guestConfig === undefined ? {} : { guest_config: operation.guestConfig }),
    };
    try {
      const signal = AbortSignal.any([call.signal, deadline.signal]);
      return await this.#invoker.invoke(host, request, { log: call.log, signal });
    } catch (thrown) {
      if (!(thrown instanceof AethervError) || !INTERRUPTED.has(thrown.code)) throw thrown;
      if (deadline.signal.aborted) throw tooLong(operation, host, seconds, thrown);
      if (call.signal.aborted && operation.lane !== "read" && mayHaveStarted(thrown)) {
        throw interrupted(operation, host, thrown);
      }
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** How the transport reports that its signal was aborted. */
const INTERRUPTED: ReadonlySet<string> = new Set(["canceled", "contact_lost"]);

/** The transport's own error says `sent: false` when the agent certainly did not start. */
function mayHaveStarted({ cause }: AethervError): boolean {
  return !(cause instanceof Error && "sent" in cause && cause.sent === false);
}

function tooLong(
  { agent, operation }: { agent: string; operation: string },
  host: HostConfig,
  seconds: number,
  cause: unknown,
): AethervError {
  const message = `${agent}/${operation} on ${host.name} took longer than its deadline of ${seconds} s and was stopped.`;
  return new AethervError("deadline_exceeded", message, { cause });
}

/** A mutation that was stopped while it ran may have been carried out: that is contact lost, not canceled. */
function interrupted(
  { agent, operation }: { agent: string; operation: string },
  host: HostConfig,
  cause: unknown,
): AethervError {
  return new AethervError(
    "contact_lost",
    `${agent}/${operation} on ${host.name} was canceled while it ran there.`,
    {
      cause,
    },
  );
}
