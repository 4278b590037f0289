import { afterEach, describe, expect, test, vi } from "vitest";
import { ProcessStartError } from "../engine";
import { GIBIBYTE } from "../host/bytes";
import { PATIENCE } from "./testing/handshake";
import {
  bootstrapArguments,
  makeVm,
  POWERSHELL,
  requestLines,
  simulate,
  type TestSimulation,
} from "./testing/simulated-host";

let simulation: TestSimulation;
afterEach(() => simulation.close());

const READ = { agent: "inventory", operation: "read", spec: {} };
const REQUEST = { ...READ, job_id: "j", nonce: "n", context: null };

describe("what the engine runs", () => {
  test("refuses a bootstrap that is not the agents' own", async () => {
    simulation = simulate();
    const ran = await simulation.start(POWERSHELL, bootstrapArguments("Get-VM"), requestLines(REQUEST));
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(ran.stderr).toContain("the encoded command is no bootstrap of agents/");
  });

  test("refuses a changed common part and a changed entry script", async () => {
    simulation = simulate();
    const common = await simulation.start(
      POWERSHELL,
      bootstrapArguments(),
      requestLines(REQUEST, { common: "function f {}" }),
    );
    expect(common).toMatchObject({ exitCode: 1, stdout: "" });
    expect(common.stderr).toContain("the first line is not agents/common/*.ps1");
    const entry = await simulation.start(
      POWERSHELL,
      bootstrapArguments(),
      requestLines(REQUEST, { entry: "Remove-VM *" }),
    );
    expect(entry).toMatchObject({ exitCode: 1, stdout: "" });
    expect(entry.stderr).toContain("the second line is no agent of agents/");
    expect(simulation.calls.list()).toEqual([]);
  });

  test("does not find other programs", async () => {
    simulation = simulate();
    await expect(simulation.start("notepad.exe", [], "")).rejects.toThrow(ProcessStartError);
  });

  test("an input that ends early and a request that is no JSON fail without a result", async () => {
    simulation = simulate();
    const short = await simulation.start(POWERSHELL, bootstrapArguments(), "AAAA\nAAAA\n");
    expect(short).toMatchObject({ exitCode: 1, stdout: "" });
    const lines = requestLines(REQUEST).split("\n");
    lines[2] = Buffer.from("{").toString("base64");
    const broken = await simulation.start(POWERSHELL, bootstrapArguments(), lines.join("\n"));
    expect(broken.exitCode).toBe(2);
    expect(broken.stdout).toContain("could not read its request");
  });

  test("an operation that the agent has not, and a request for another agent, are invalid", async () => {
    simulation = simulate();
    const unknown = await simulation.call({ ...READ, operation: "format" });
    expect(unknown.result?.error?.code).toBe("invalid_request");
    const lines = requestLines({ ...REQUEST, agent: "vm" });
    const own = requestLines(REQUEST).split("\n")[2];
    const swapped = [...lines.split("\n").slice(0, 2), own, ""].join("\n");
    const ran = await simulation.start(POWERSHELL, bootstrapArguments(), swapped);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain("invalid_request");
  });
});

describe("what a call writes", () => {
  test("numbered ASCII lines with the call's nonce, the result last, and CLIXML beside it", async () => {
    simulation = simulate();
    const spec = { vm_name: "größe-\u{1f600}", gb_ram: 1, cpu_cores: 1, os_family: "linux" };
    const answer = await simulation.call({ agent: "vm", operation: "create", spec });
    expect(answer.exitCode).toBe(0);
    expect(answer.stdout).toMatch(/^[\x20-\x7e\n]*$/);
    expect(answer.lines.map((line) => line.seq)).toEqual(answer.lines.map((_, index) => index + 1));
    expect(answer.lines.every((line) => line.nonce === answer.nonce)).toBe(true);
    expect(answer.lines.filter((line) => line.result !== undefined)).toHaveLength(1);
    expect(answer.result?.outputs.vm_name).toBe("größe-\u{1f600}");
    expect(answer.stderr).toMatch(/^#< CLIXML\r\n<Objs/);
  });

  test("the record of a call has its spec and outcome, and never the guest's configuration", async () => {
    simulation = simulate();
    const vm_id = await makeVm(simulation, "recorded");
    const spec = { vm_id, os_family: "linux", key_fingerprint: "0" };
    const guest_config = { guest_la_pw: "canary-value" };
    await simulation.call({ agent: "initialization", operation: "publish", spec, guest_config });
    const last = simulation.calls.list().at(-1);
    expect(last).toMatchObject({ host: "hv01", operation: "publish", spec, exit_code: 1 });
    expect(last?.error_code).toBe("guest_key_changed");
    expect(JSON.stringify(simulation.calls.list())).not.toContain("canary-value");
  });
});

describe("faults", () => {
  test("a named error comes before anything is changed, as often as it was asked for", async () => {
    simulation = simulate();
    const { fleet } = simulation;
    fleet.faults.add({
      host: "hv01",
      kind: "agent_error",
      agent: "vm",
      operation: "create",
      code: "hyperv_error",
      message: "No.",
    });
    const call = {
      agent: "vm",
      operation: "create",
      spec: { vm_name: "x", gb_ram: 1, cpu_cores: 1, os_family: "linux" },
    };
    const vmsBefore = simulation.host().vms.size;
    const failed = await simulation.call(call);
    expect(failed.result).toEqual({
      ok: false,
      exit_code: 1,
      outputs: {},
      error: { code: "hyperv_error", message: "No.", target: null },
    });
    expect(simulation.host().vms.size).toBe(vmsBefore);
    expect((await simulation.call(call)).exitCode).toBe(0);
  });

  test("a crash before the operation changes nothing; one after it leaves what was done", async () => {
    simulation = simulate();
    const call = {
      agent: "vm",
      operation: "create",
      spec: { vm_name: "crashed", gb_ram: 1, cpu_cores: 1, os_family: "linux" },
    };
    simulation.fleet.faults.add({ host: "hv01", kind: "agent_crash", agent: "vm" });
    const before = await simulation.call(call);
    expect(before).toMatchObject({ exitCode: -532462766, result: null });
    expect(() => simulation.vm("crashed")).toThrow();
    simulation.fleet.faults.add({ host: "hv01", kind: "agent_crash", agent: "vm", when: "after" });
    const after = await simulation.call(call);
    expect(after).toMatchObject({ exitCode: -532462766, result: null });
    expect(simulation.vm("crashed").state).toBe("off");
  });

  test("garbage with a forged result stands beside the real one", async () => {
    simulation = simulate();
    simulation.fleet.faults.add({ host: "hv01", kind: "agent_garbage" });
    const answer = await simulation.call(READ);
    expect(answer.stdout).toContain('"vm_id":"forged"');
    expect(answer.result?.ok).toBe(true);
    expect(answer.result?.outputs.vm_id).toBeUndefined();
  });

  test("a call that hangs ends when its process is terminated", async () => {
    simulation = simulate();
    simulation.fleet.faults.add({ host: "hv01", kind: "agent_hangs" });
    const controller = new AbortController();
    const answer = simulation.call(READ, { signal: controller.signal });
    await vi.waitFor(() => expect(simulation.calls.list()).toHaveLength(1), PATIENCE);
    controller.abort();
    expect(await answer).toMatchObject({ exitCode: -1073741510, result: null });
  });

  test("a fault with a wrong field is refused by name", () => {
    simulation = simulate();
    expect(() => simulation.fleet.faults.add({ host: "hv01", kind: "agent_error", cod: 1 })).toThrow(/cod/);
  });
});

describe("a process that is terminated", () => {
  test("ends at once, while Hyper-V finishes what had started", async () => {
    simulation = simulate({ timeFactor: 0.001 });
    const controller = new AbortController();
    const spec = { vm_name: "goes-on", gb_ram: 1, cpu_cores: 1, os_family: "linux" };
    const onStdout = (text: string) => {
      if (text.includes("Creating the VM")) controller.abort();
    };
    const call = { agent: "vm", operation: "create", spec };
    const answer = await simulation.call(call, { signal: controller.signal, onStdout });
    expect(answer.result).toBeNull();
    await vi.waitFor(() => expect(simulation.vm("goes-on").state).toBe("off"), PATIENCE);
    expect(simulation.vm("goes-on").adapters).toHaveLength(1);
  });

  test("leaves a half-written copy behind", async () => {
    simulation = simulate();
    const vm_id = await makeVm(simulation, "half");
    const controller = new AbortController();
    const spec = { vm_id, size_gb: 60, storage_type: "dynamic", image_name: "Windows Server 2025" };
    const onStdout = (text: string) => {
      if (text.includes("(25%)")) controller.abort();
    };
    const call = { agent: "disk", operation: "create", spec };
    const answer = await simulation.call(call, { signal: controller.signal, onStdout });
    expect(answer.result).toBeNull();
    const path = "C:\\ClusterStorage\\Volume1\\Hyper-V\\half\\half.vhdx";
    expect(simulation.file(path)).toMatchObject({ virtualBytes: 0, fileBytes: 3.5 * GIBIBYTE });
    expect(simulation.vm("half").hardDiskDrives).toEqual([]);
  });
});
