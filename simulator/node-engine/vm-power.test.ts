import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { VmState } from "../host/model";
import { PATIENCE } from "./testing/handshake";
import { caller, events, failure, outputs } from "./testing/operations";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

let simulation: TestSimulation;
let vm_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02", { image: "Ubuntu 24.04" });
});
afterEach(() => simulation.close());

const call = caller(
  () => simulation,
  "vm",
  () => vm_id,
);
const power = (action: string, spec: Record<string, unknown> = {}) => call("power", { action, ...spec });

const STATES: VmState[] = ["off", "running", "paused", "saved"];
/** By action: where it is done, and what it leads to. */
const ACTIONS: Record<string, [from: VmState[], to: VmState]> = {
  start: [["off", "saved"], "running"],
  shutdown: [["running"], "off"],
  turn_off: [["running", "paused"], "off"],
  restart: [["running"], "running"],
  reset: [["running", "paused"], "running"],
  pause: [["running"], "paused"],
  resume: [["paused"], "running"],
  save: [["running", "paused"], "saved"],
};
const CASES = Object.entries(ACTIONS).flatMap(([action, [from, to]]) =>
  STATES.map((state) => {
    const already = state === to && !from.includes(state);
    return { action, state, to, outcome: from.includes(state) ? "done" : already ? "already" : "refused" };
  }),
);

describe("vm/power", () => {
  test.each(CASES)("$action of a VM that is $state: $outcome", async ({ action, state, to, outcome }) => {
    const vm = simulation.vm("web02");
    vm.state = state;
    const answer = await power(action);
    if (outcome === "refused") {
      expect(failure(answer)).toEqual(["power_action_not_allowed", "action"]);
      expect(vm.state).toBe(state);
      return;
    }
    expect(outputs(answer)).toEqual({ vm_state: to });
    expect(vm.state).toBe(to);
    expect(events(answer, "warning")).toEqual(
      outcome === "already" ? [`The VM web02 is ${state} already.`] : [],
    );
  });

  test("a restart is the guest's own, and begins its uptime anew", async () => {
    const vm = simulation.vm("web02");
    Object.assign(vm, { state: "running", startedAt: 1 });
    outputs(await power("restart"));
    await vi.waitFor(() => expect(vm.startedAt).toBeGreaterThan(1), PATIENCE);
    expect(vm.state).toBe("running");
  });

  test.each(["shutdown", "restart"])("%s of a VM without a guest says so", async (action) => {
    const vm = simulation.vm("web02");
    Object.assign(vm, { state: "running", hardDiskDrives: [] });
    const answer = await power(action);
    expect(failure(answer)).toEqual(["guest_did_not_shut_down", null]);
    expect(answer.result?.error?.message).toContain("32780");
  });

  test("a guest that does not end is waited for as long as it was asked to", async () => {
    simulation.vm("web02").state = "running";
    simulation.fleet.faults.add({ kind: "guest_ignores_shutdown", host: "hv01", vm_name: "web02" });
    const answer = await power("shutdown", { wait_seconds: 1 });
    expect(failure(answer)).toEqual(["guest_did_not_shut_down", null]);
    expect(answer.result?.error?.message).toContain("after 1 seconds");
    expect(simulation.vm("web02").state).toBe("running");
  });

  test.each([
    [{ action: "explode" }, "invalid_request", "action"],
    [{}, "invalid_request", "action"],
    [{ action: "shutdown", wait_seconds: 0 }, "invalid_request", "wait_seconds"],
    [{ action: "start", vm_id: "00000000-0000-4000-8000-000000000000" }, "vm_not_found", "vm_id"],
  ])("refuses %j", async (spec, code, target) => {
    expect(failure(await call("power", spec))).toEqual([code, target]);
  });
});
