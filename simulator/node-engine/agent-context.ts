import type { EventWriter } from "../agent-calls/event-writer";
import type { AgentRequest } from "../agent-calls/request";
import { Interrupted } from "../host/clock";
import type { Fleet } from "../host/fleet";
import type { Host, VirtualMachine, VmState } from "../host/model";
import { AgentError } from "./agent-error";
import { SpecReader } from "./spec-reader";

/** What an agent's operation works with. */
export interface AgentContext {
  fleet: Fleet;
  host: Host;
  request: AgentRequest;
  spec: SpecReader;
  events: EventWriter;
  /** Work of the agent's own process: takes this long, and dies with the process. */
  work(milliseconds: number): Promise<void>;
  /** One turn of a loop in which the agent waits for something. */
  poll(milliseconds: number): Promise<void>;
  /** Work of Hyper-V's management service: takes this long, and goes on when the process dies. */
  hyperV<T>(milliseconds: number, operation: () => T): Promise<T>;
}

export type AgentOutputs = Record<string, unknown>;
export type AgentOperation = (context: AgentContext) => Promise<AgentOutputs>;

export function createContext(
  fleet: Fleet,
  host: Host,
  request: AgentRequest,
  events: EventWriter,
  signal: AbortSignal,
): AgentContext {
  const forGood = new AbortController().signal;
  return {
    fleet,
    host,
    request,
    spec: new SpecReader(request.spec),
    events,
    work: (milliseconds) => fleet.clock.wait(milliseconds, signal),
    poll: (milliseconds) => fleet.clock.pollInterval(milliseconds, signal),
    hyperV: (milliseconds, operation) => {
      const job = fleet.clock.wait(milliseconds, forGood).then(() => {
        if (!host.poweredOn) throw new Interrupted();
        return operation();
      });
      return untilAborted(job, signal);
    },
  };
}

/** The VM of `spec.vm_id`. */
export function requireVm(context: AgentContext): VirtualMachine {
  const id = context.spec.guid("vm_id");
  const vm = context.host.vms.get(id);
  if (vm === undefined) {
    throw new AgentError(
      "vm_not_found",
      `${context.host.computerName} has no VM with the id ${id}.`,
      "vm_id",
    );
  }
  return vm;
}

/**
 * Throws `vm_not_off` where a VM is in none of the states that a change is possible in.
 *
 * @param change what is possible only then, the beginning of a sentence.
 */
export function requireState(
  vm: VirtualMachine,
  allowed: readonly VmState[],
  change: string,
  target: string,
): void {
  if (allowed.includes(vm.state)) return;
  throw new AgentError(
    "vm_not_off",
    `The VM ${vm.name} is ${vm.state}; ${change} only while it is ${allowed.join(" or ")}.`,
    target,
  );
}

function untilAborted<T>(job: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Interrupted());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    job.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
