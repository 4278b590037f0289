import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AgentCall } from "@/lib/agents/agent-call";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import type { WarmProcessName } from "@/lib/agents/invoker";
import type { WarmSettings } from "@/lib/agents/warm-host";
import { WarmAgentInvoker } from "@/lib/agents/warm-invoker";
import type { HostConfig } from "@/lib/domain/host-config";
import { eventually } from "@/tests/support/eventually";
import { SimulatorProcess } from "@/tests/support/simulator-process";

/** Processes that serve one call after the other, over TLS and WinRM, as both ends count what they cost. */

const scripts = AgentScripts.load("agents");

let simulator: SimulatorProcess;
let invoker: WarmAgentInvoker;

beforeEach(async () => {
  simulator = await SimulatorProcess.start();
  invoker = new WarmAgentInvoker(scripts);
});
afterEach(async () => {
  await invoker.close();
  await simulator.stop();
});

function restart(settings: Partial<WarmSettings>): void {
  invoker = new WarmAgentInvoker(scripts, settings);
}

function host(name: string): HostConfig {
  const found = simulator.hosts.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The simulator has no host ${name}.`);
  return found;
}

interface CallOptions {
  /** The host; hv01 unless named. */
  on?: string;
  spec?: AgentCall["spec"];
  /** null: a process of the call's own. */
  process?: WarmProcessName | null;
  signal?: AbortSignal;
}

/** Makes a call; gives its outputs and what it cost. */
async function call(what: string, options: CallOptions = {}) {
  const [agent, operation] = what.split("/") as [AgentCall["agent"], string];
  const { on = "hv01", spec = {}, process = "reads", signal = new AbortController().signal } = options;
  const request: AgentCall = {
    agent,
    operation,
    schema: { name: agent, version: "1.0.0" },
    job_id: "job-1",
    context: null,
    spec,
  };
  let roundTrips = 0;
  const outputs = await invoker.invoke(host(on), request, {
    log: () => undefined,
    signal,
    spent: (cost) => {
      roundTrips = cost.round_trips;
    },
    ...(process === null ? {} : { process }),
  });
  return { outputs, roundTrips };
}

const newVm = (name: string, options: CallOptions = {}) =>
  call("vm/create", {
    spec: { vm_name: name, gb_ram: 1, cpu_cores: 1, os_family: "linux" },
    process: "mutations",
    ...options,
  });

const wire = () => simulator.wire("hv01");

/** How often the simulated host was asked to create a VM of that name. */
async function creations(name: string): Promise<number> {
  return (await simulator.allCalls()).filter(({ spec }) => spec.vm_name === name).length;
}

it("is four round trips for the first call of a process, and two for each one after it", async () => {
  const costs: number[] = [];
  for (let n = 0; n < 10; n++) costs.push((await call("inventory/files")).roundTrips);
  expect(costs).toEqual([4, ...Array(9).fill(2)]);
  const { requests, open_shells } = await wire();
  expect(requests).toEqual({ Create: 1, Command: 1, Send: 10, Receive: 10 });
  expect(open_shells).toBe(1);
});

it("is a process for what changes something and one for reads, beside those that calls have alone", async () => {
  await newVm("one");
  await call("inventory/files");
  await newVm("two");
  await call("inventory/files");
  expect((await wire()).requests.Create).toBe(2);
  await Promise.all([newVm("three", { process: null }), call("inventory/files")]);
  expect((await wire()).requests.Create).toBe(3);
  expect(await simulator.vmNames("hv01")).toEqual(expect.arrayContaining(["one", "two", "three"]));
});

it("gives a call a process of its own while its own one is at a call", async () => {
  await call("inventory/files");
  await Promise.all([call("inventory/files"), call("inventory/files"), call("inventory/files")]);
  expect((await wire()).requests).toMatchObject({ Create: 3, Command: 3 });
});

describe("a process is replaced", () => {
  it("after its number of calls", async () => {
    restart({ calls: 3 });
    for (let n = 0; n < 7; n++) await call("inventory/files");
    await eventually(
      async () => (await wire()).open_shells === 1,
      "the shells of spent processes to be deleted",
    );
    expect((await wire()).requests).toMatchObject({ Create: 3, Command: 3, Send: 7 });
  });

  it("when it needs too much memory", async () => {
    restart({ workingSetBytes: 1 });
    for (let n = 0; n < 3; n++) await call("inventory/files");
    await eventually(
      async () => (await wire()).open_shells === 0,
      "the shells of large processes to be deleted",
    );
    expect((await wire()).requests).toMatchObject({ Create: 3, Signal: 3, Delete: 3 });
  });

  it("when nobody has called it for a while", async () => {
    restart({ idleMs: 1 });
    await call("inventory/files");
    await eventually(
      async () => (await wire()).open_shells === 0,
      "the shell of an idle process to be deleted",
    );
    await call("inventory/files");
    expect((await wire()).requests.Create).toBe(2);
  });
});

describe("a process that has died", () => {
  it("between two calls is found out by the next, which another one gets, once", async () => {
    await newVm("before");
    await simulator.power("hv01", false);
    await simulator.power("hv01", true);
    await newVm("after");
    expect(await creations("after")).toBe(1);
    expect((await wire()).requests.Create).toBe(2);
  });

  it.each(["before", "after"])("in a mutation, %s it was done, is not asked for it again", async (when) => {
    await newVm("first");
    await simulator.fault({ host: "hv01", kind: "agent_crash", when, exit_code: 7 });
    await expect(newVm("web01")).rejects.toMatchObject({
      code: "agent_failed",
      message: expect.stringContaining("exit code 7"),
    });
    expect(await creations("web01")).toBe(1);
    await newVm("last");
    expect((await wire()).open_shells).toBe(1);
  });

  it("hands nothing of what came before over to the process after it", async () => {
    await simulator.fault({ host: "hv01", kind: "agent_garbage", times: 3 });
    for (let n = 0; n < 3; n++) expect((await call("inventory/files")).outputs).toHaveProperty("node");
    await simulator.fault({ host: "hv01", kind: "agent_error", code: "hyperv_error", message: "No." });
    await expect(call("inventory/files")).rejects.toMatchObject({ code: "hyperv_error", message: "No." });
    expect((await call("inventory/files")).outputs).toHaveProperty("node");
    expect((await wire()).requests.Create).toBe(1);
  });
});

it("loses contact where the answer to a request is lost, and does not send it again", async () => {
  await newVm("first");
  for (const action of ["Send", "Receive"]) {
    const name = `lost-${action}`;
    await simulator.fault({ host: "hv01", kind: "reset", action, when: "after" });
    await expect(newVm(name)).rejects.toMatchObject({ code: "contact_lost" });
    expect(await creations(name)).toBeLessThanOrEqual(1);
  }
  await newVm("last");
  expect((await wire()).open_shells).toBe(1);
});

it("ends a call that is canceled with its process, and leaves the other one alone", async () => {
  await newVm("first");
  await call("inventory/files");
  await simulator.fault({ host: "hv01", kind: "agent_hangs", agent: "vm" });
  const abort = new AbortController();
  const hanging = newVm("hanging", { signal: abort.signal });
  await eventually(async () => (await creations("hanging")) === 1, "the call to begin");
  await call("inventory/files");
  abort.abort();
  await expect(hanging).rejects.toMatchObject({ code: "contact_lost" });
  expect((await call("inventory/files")).roundTrips).toBe(2);
  expect(await creations("hanging")).toBe(1);
  expect((await wire()).requests).toMatchObject({ Create: 2, Signal: 1, Delete: 1 });
});

it("leaves no shell behind when it is closed, neither idle nor at a call", async () => {
  await call("inventory/files");
  await simulator.fault({ host: "hv01", kind: "agent_hangs" });
  const outcomes = [newVm("hanging"), call("inventory/files", { process: null })].map((each) =>
    each.catch(String),
  );
  await eventually(async () => (await wire()).open_shells === 3, "the calls to begin");
  await invoker.close();
  await Promise.all(outcomes);
  expect((await wire()).open_shells).toBe(0);
});

const OPERATIONS = ["Create", "Command", "Send", "Receive", "Signal", "Delete"] as const;
const KINDS = [
  "reset",
  "half_close",
  "timed_out",
  "truncated",
  "empty_500",
  "wrong_relates_to",
  "quota",
] as const;

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seed = Date.now() % 2 ** 31;
const random = randomFrom(seed);
const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;

/** Two calls of which a fault of the connection hits one, or nobody; now and then they are canceled. */
async function failOnce(on: string, name: string): Promise<void> {
  await simulator.fault({
    host: on,
    kind: pick(KINDS),
    action: pick(OPERATIONS),
    when: pick(["before", "after"]),
    nth: 1 + Math.floor(random() * 2),
  });
  const abort = new AbortController();
  const isAborted = random() < 0.2;
  const { signal } = abort;
  const calling = Promise.allSettled([
    newVm(name, { on, process: pick<WarmProcessName | null>(["mutations", "reads", null]), signal }),
    call("inventory/files", { on, process: pick<WarmProcessName | null>(["reads", null]), signal }),
  ]);
  if (isAborted) {
    const isUnderWay = async () => (await creations(name)) === 1 || random() < 0.2;
    await eventually(isUnderWay, "the call to begin");
    abort.abort();
  }
  await calling;
}

it(`leaves no shell behind after 210 failures of any kind, and changes nothing twice (seed ${seed})`, async () => {
  restart({ calls: 20 });
  const names: string[] = [];
  await Promise.all(
    simulator.hosts.map(async ({ name: on }) => {
      for (let failures = 0; failures < 70; failures++) {
        const name = `vm-${randomUUID().slice(0, 8)}`;
        names.push(name);
        await failOnce(on, name);
      }
    }),
  );
  await simulator.clearFaults();
  const calls = await simulator.allCalls();
  const twice = names.filter((name) => calls.filter(({ spec }) => spec.vm_name === name).length > 1);
  expect(twice).toEqual([]);
  for (const { name: on } of simulator.hosts) {
    expect((await call("inventory/files", { on })).outputs).toHaveProperty("node");
  }
  await invoker.close();
  for (const { name: on } of simulator.hosts) expect((await simulator.wire(on)).open_shells).toBe(0);
}, 120_000);
