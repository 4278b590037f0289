import { DURATION } from "../host/durations";
import type { VirtualMachine, VmState } from "../host/model";
import type { GuestRequest } from "../host/power";
import { type AgentContext, type AgentOutputs, requireVm } from "./agent-context";
import { AgentError } from "./agent-error";

const POLL_MS = 500;
const WAIT_SECONDS = 300;
/** Return values of `Msvm_ShutdownComponent` that say that the guest shuts down: at once, as a job, already. */
const TAKEN = [0, 4096, 32782];
const REFUSALS: Readonly<Record<number, string>> = {
  32775: "the VM is in no state for it",
  32777: "the guest is not available",
  32780: "the guest is not ready",
  32781: "the guest is locked",
};

const ACTIONS = ["start", "shutdown", "turn_off", "restart", "reset", "pause", "resume", "save"] as const;
type Action = (typeof ACTIONS)[number];

/** Where each action is done and what it leads to; `repeats`: also where that state is there already. */
const RULES: Record<Action, { allowedIn: VmState[]; result: VmState; repeats?: true }> = {
  start: { allowedIn: ["off", "saved"], result: "running" },
  shutdown: { allowedIn: ["running"], result: "off" },
  turn_off: { allowedIn: ["running", "paused", "starting", "stopping"], result: "off" },
  restart: { allowedIn: ["running"], result: "running", repeats: true },
  reset: { allowedIn: ["running", "paused"], result: "running", repeats: true },
  pause: { allowedIn: ["running"], result: "paused" },
  resume: { allowedIn: ["paused"], result: "running" },
  save: { allowedIn: ["running", "paused"], result: "saved" },
};

/** Counterpart of `vm/power`. */
export async function powerVm(context: AgentContext): Promise<AgentOutputs> {
  const { spec, events } = context;
  const vm = requireVm(context);
  const action = spec.choice("action", ACTIONS, true);
  const seconds = spec.optionalPositiveInteger("wait_seconds") ?? WAIT_SECONDS;
  await context.work(DURATION.getVm);
  if (hasWork(context, vm, action)) {
    events.event("information", `The VM ${vm.name} is ${vm.state}; doing ${action}.`);
    await perform(context, vm, action, seconds);
  }
  return { vm_state: vm.state };
}

function hasWork(context: AgentContext, vm: VirtualMachine, action: Action): boolean {
  const { allowedIn, result, repeats } = RULES[action];
  if (vm.state === result && repeats !== true) {
    context.events.event("warning", `The VM ${vm.name} is ${vm.state} already.`);
    return false;
  }
  if (allowedIn.includes(vm.state)) return true;
  throw new AgentError(
    "power_action_not_allowed",
    `The VM ${vm.name} is ${vm.state}; ${action} is possible only while it is ${allowedIn.join(" or ")}.`,
    "action",
  );
}

async function perform(
  context: AgentContext,
  vm: VirtualMachine,
  action: Action,
  seconds: number,
): Promise<void> {
  const { host } = context;
  const { power } = context.fleet;
  switch (action) {
    case "start":
      return context.hyperV(DURATION.startVm, () => power.startVm(host, vm));
    case "shutdown":
      askGuest(context, vm, "shutdown");
      return waitUntilOff(context, vm, seconds);
    case "turn_off":
      return context.hyperV(DURATION.changePower, () => power.turnOffVm(host, vm));
    case "restart":
      return askGuest(context, vm, "restart");
    case "reset":
      return context.hyperV(DURATION.changePower, () => power.resetVm(host, vm));
    case "pause":
      return context.hyperV(DURATION.changePower, () => power.pauseVm(host, vm));
    case "resume":
      return context.hyperV(DURATION.changePower, () => power.resumeVm(host, vm));
    case "save":
      return context.hyperV(DURATION.changePower, () => power.saveVm(host, vm));
  }
}

function askGuest(context: AgentContext, vm: VirtualMachine, request: GuestRequest): void {
  const code = context.fleet.power.askGuest(context.host, vm, request);
  if (TAKEN.includes(code)) return;
  const reason = REFUSALS[code] ?? "it did not say why";
  throw new AgentError("guest_did_not_shut_down", `The guest did not take the request (${code}): ${reason}.`);
}

async function waitUntilOff(context: AgentContext, vm: VirtualMachine, seconds: number): Promise<void> {
  for (let waited = 0; waited < seconds * 1000; waited += POLL_MS) {
    if (vm.state === "off") return;
    await context.poll(POLL_MS);
  }
  if (vm.state === "off") return;
  throw new AgentError(
    "guest_did_not_shut_down",
    `The guest took the request, but after ${seconds} seconds the VM is ${vm.state}. It can still go off.`,
  );
}
