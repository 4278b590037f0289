import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GIBIBYTE } from "../host/bytes";
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
const vm = () => simulation.vm("web02");

describe("vm/update", () => {
  test("changes memory, processors and name of a VM that is off", async () => {
    const answer = await call("update", { vm_name: "web03", gb_ram: 6, cpu_cores: 8 });
    expect(outputs(answer)).toEqual({ vm_id, vm_name: "web03" });
    expect(simulation.vm("web03")).toMatchObject({
      id: vm_id,
      memoryStartupBytes: 6 * GIBIBYTE,
      processorCount: 8,
      path: "C:\\ClusterStorage\\Volume1\\Hyper-V\\web02",
    });
    expect(events(answer, "information")).toEqual([
      "Setting the memory to 6 GB.",
      "Setting the number of processors to 8.",
      "Renaming the VM web02 to web03.",
    ]);
  });

  test.each([{}, { vm_name: "web02", gb_ram: 2, cpu_cores: 2 }])(
    "succeeds without a change: %j",
    async (spec) => {
      vm().state = "running";
      const answer = await call("update", spec);
      expect(outputs(answer)).toEqual({ vm_id, vm_name: "web02" });
      expect(events(answer, "information")).toEqual([]);
    },
  );

  test("takes another case of the VM's own name", async () => {
    expect(outputs(await call("update", { vm_name: "WEB02" }))).toEqual({ vm_id, vm_name: "WEB02" });
  });

  test("adds memory to a running VM and renames it", async () => {
    vm().state = "running";
    outputs(await call("update", { vm_name: "hot", gb_ram: 3 }));
    expect(simulation.vm("hot").memoryStartupBytes).toBe(3 * GIBIBYTE);
  });

  test.each([
    ["running", false, { cpu_cores: 4 }, "cpu_cores"],
    ["running", false, { gb_ram: 1 }, "gb_ram"],
    ["running", true, { gb_ram: 4 }, "gb_ram"],
    ["paused", false, { gb_ram: 4 }, "gb_ram"],
    ["saved", false, { gb_ram: 4, vm_name: "other" }, "gb_ram"],
  ] as const)("a VM that is %s, dynamic memory %j, refuses %j", async (state, dynamic, spec, target) => {
    Object.assign(vm(), { state, dynamicMemory: dynamic });
    expect(failure(await call("update", spec))).toEqual(["vm_not_off", target]);
    expect(vm()).toMatchObject({ memoryStartupBytes: 2 * GIBIBYTE, processorCount: 2 });
  });

  test.each([
    [{ vm_name: "DC01" }, "vm_name_taken", "vm_name"],
    [{ vm_name: "gitlab" }, "vm_name_taken", "vm_name"],
    [{ vm_name: "a/b" }, "invalid_request", "vm_name"],
    [{ gb_ram: 300 }, "insufficient_memory", "gb_ram"],
    [{ cpu_cores: 33, gb_ram: 4 }, "invalid_request", "cpu_cores"],
    [{ vm_id: "00000000-0000-4000-8000-000000000000" }, "vm_not_found", "vm_id"],
  ])("refuses %j with %s", async (spec, code, target) => {
    expect(failure(await call("update", spec))).toEqual([code, target]);
    expect(vm().memoryStartupBytes).toBe(2 * GIBIBYTE);
  });
});
