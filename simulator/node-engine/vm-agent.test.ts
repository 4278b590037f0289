import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GIBIBYTE } from "../host/bytes";
import { simulate, type TestSimulation } from "./testing/simulated-host";

let simulation: TestSimulation;
beforeEach(() => {
  simulation = simulate();
});
afterEach(() => simulation.close());

const SPEC = { vm_name: "web02", gb_ram: 4, cpu_cores: 2, os_family: "linux" };
const create = (spec: Record<string, unknown>, host?: string) =>
  simulation.call({ agent: "vm", operation: "create", spec }, host === undefined ? {} : { host });

describe("vm/create", () => {
  test("makes a generation 2 VM that is off, without adapters and disks", async () => {
    const answer = await create(SPEC);
    const vm = simulation.vm("web02");
    expect(answer.result).toEqual({
      ok: true,
      exit_code: 0,
      outputs: { vm_id: vm.id, vm_name: "web02" },
      error: null,
    });
    expect(vm).toMatchObject({
      state: "off",
      generation: 2,
      processorCount: 2,
      memoryStartupBytes: 4 * GIBIBYTE,
      secureBoot: { enabled: true, template: "MicrosoftUEFICertificateAuthority" },
      path: "C:\\ClusterStorage\\Volume1\\Hyper-V\\web02",
      adapters: [],
      hardDiskDrives: [],
      clustered: false,
      notes: "",
    });
    expect(vm.id).toMatch(/^[0-9a-f]{8}-/);
  });

  test("gives a Windows VM the Windows template", async () => {
    await create({ ...SPEC, os_family: "windows" });
    expect(simulation.vm("web02").secureBoot.template).toBe("MicrosoftWindows");
  });

  test("within a deployment marks the VM's Notes", async () => {
    const context = { deployment_id: "d-1", step: 1, steps: 4, request: { vm_name: "web02" } };
    await simulation.call({ agent: "vm", operation: "create", spec: SPEC, context });
    expect(simulation.vm("web02").notes).toBe(
      '--- aetherv begin ---\n{"deployment_id":"d-1","step":1,"steps":4,"request":{"vm_name":"web02"}}\n--- aetherv end ---',
    );
  });

  test("refuses a name that is in use in the cluster, in any case, and leaves another host alone", async () => {
    const before = simulation.host("hv01").vms.size;
    const here = await create({ ...SPEC, vm_name: "DC01" });
    expect(here.result?.error).toMatchObject({ code: "vm_name_taken", target: "vm_name" });
    const otherNode = await create({ ...SPEC, vm_name: "gitlab" });
    expect(otherNode.result?.error?.code).toBe("vm_name_taken");
    expect(simulation.host("hv01").vms.size).toBe(before);
    expect((await create({ ...SPEC, vm_name: "gitlab" }, "hv03")).result?.ok).toBe(true);
  });

  test("refuses more memory than is free", async () => {
    const answer = await create({ ...SPEC, gb_ram: 220 });
    expect(answer.result?.error).toMatchObject({ code: "insufficient_memory", target: "gb_ram" });
    expect(() => simulation.vm("web02")).toThrow();
  });

  test.each([
    ["vm_name", undefined],
    ["vm_name", 7],
    ["gb_ram", "4"],
    ["gb_ram", 0],
    ["cpu_cores", 1.5],
    ["os_family", "beos"],
    ["cpu_cores", 33],
    ["vm_name", "a\\b"],
    ["vm_name", "x".repeat(101)],
    ["vm_name", "dot."],
  ])("refuses %s = %j", async (field, value) => {
    const answer = await create({ ...SPEC, [field]: value });
    expect(answer.exitCode).toBe(1);
    expect(answer.result?.error).toMatchObject({ code: "invalid_request", target: field });
    expect(() => simulation.vm("web02")).toThrow();
  });

  test("says that host resources are missing, or what is wrong with them", async () => {
    simulation.fleet.faults.add({ host: "hv01", kind: "host_resources", text: null });
    expect((await create(SPEC)).result?.error?.code).toBe("host_resources_missing");
    simulation.fleet.faults.clear();
    simulation.fleet.faults.add({ host: "hv01", kind: "host_resources", text: "{" });
    expect((await create(SPEC)).result?.error?.code).toBe("host_resources_invalid");
    simulation.fleet.faults.clear();
    const text = JSON.stringify({ ...JSON.parse(simulation.host().hostResources ?? ""), networks: 3 });
    simulation.fleet.faults.add({ host: "hv01", kind: "host_resources", text });
    const answer = await create(SPEC);
    expect(answer.result?.error?.code).toBe("host_resources_invalid");
    expect(answer.result?.error?.message).toContain("networks");
    expect(() => simulation.vm("web02")).toThrow();
  });
});

describe("vm/read", () => {
  test("gives the VM as inventory does", async () => {
    const vm = simulation.vm("sql01");
    const answer = await simulation.call({
      agent: "vm",
      operation: "read",
      spec: { vm_id: vm.id.toUpperCase() },
    });
    expect(answer.result?.outputs.vm).toMatchObject({
      vm_id: vm.id,
      vm_name: "sql01",
      state: "running",
      memory_assigned_bytes: 32 * GIBIBYTE,
      cluster_role: { name: "sql01", state: "online" },
    });
  });

  test.each([
    ["00000000-0000-4000-8000-000000000000", "vm_not_found"],
    ["sql01", "invalid_request"],
  ])("answers %s with %s", async (vm_id, code) => {
    const answer = await simulation.call({ agent: "vm", operation: "read", spec: { vm_id } });
    expect(answer.result?.error).toMatchObject({ code, target: "vm_id" });
  });
});
