import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { type AgentInvoker, WinrmAgentInvoker } from "@/lib/agents/invoker";
import { WarmAgentInvoker } from "@/lib/agents/warm-invoker";
import { InventoryService } from "@/lib/inventory/inventory-service";
import { agentHypervisor } from "@/tests/support/agent-hypervisor";
import { SimulatorProcess } from "@/tests/support/simulator-process";

/** What one refresh of all hosts costs, over TLS and WinRM, as both ends count it. */

const scripts = AgentScripts.load("agents");

let simulator: SimulatorProcess;
let inventory: InventoryService;
let warm: WarmAgentInvoker;

async function begin(invoker: AgentInvoker): Promise<void> {
  simulator = await SimulatorProcess.start();
  const hypervisor = agentHypervisor(simulator.hosts, invoker);
  inventory = new InventoryService({
    hosts: simulator.hosts,
    hypervisor,
    periodSeconds: 3_600,
    diskRereadSeconds: 600,
  });
}
async function end(): Promise<void> {
  inventory.stop();
  await simulator.stop();
}

describe("with a process for each call", () => {
  beforeAll(() => begin(new WinrmAgentInvoker(scripts)));
  afterAll(end);

  it("is one agent call per host, in as many requests as the host's view says", async () => {
    for (let refresh = 1; refresh <= 3; refresh += 1) {
      await expectRefresh(refresh, (receives) => ({
        Create: 1,
        Command: 1,
        Send: 1,
        Signal: 1,
        Delete: 1,
        // How many answers the output comes in is up to the host.
        Receive: receives(5),
      }));
      for (const { name } of simulator.hosts) expect((await countedOn(name)).open_shells).toBe(0);
    }
  });

  it(
    "stays that of the last good read when one fails, and a host that is off is asked for nothing",
    expectNothingAsked,
  );
});

describe("with processes that serve one call after the other", () => {
  beforeAll(() => {
    warm = new WarmAgentInvoker(scripts);
    return begin(warm);
  });
  afterAll(async () => {
    await warm.close();
    for (const { name } of simulator.hosts) expect((await countedOn(name)).open_shells).toBe(0);
    await end();
  });

  it("is one agent call per host, in two requests and as many more as the output needs", async () => {
    await expectRefresh(1, (receives) => ({ Create: 1, Command: 1, Send: 1, Receive: receives(3) }));
    for (let refresh = 2; refresh <= 4; refresh += 1) {
      await expectRefresh(refresh, (receives) => ({ Create: 0, Command: 0, Send: 1, Receive: receives(1) }));
    }
    for (const { name } of simulator.hosts) expect((await countedOn(name)).open_shells).toBe(1);
  });

  it(
    "stays that of the last good read when one fails, and a host that is off is asked for nothing",
    expectNothingAsked,
  );
});

/** What happened on the wire of a host, and its calls of agents, since the test began to look. */
async function countedOn(host: string) {
  const { requests, open_shells } = await simulator.wire(host);
  const calls = (await simulator.allCalls()).filter((call) => call.host === host);
  return { requests, open_shells, calls: calls.map(({ agent, operation }) => `${agent}/${operation}`) };
}

/**
 * Has all hosts read, for the given time, and expects these requests on each.
 *
 * @param expected gets what is left for Receive once so many other requests are taken off
 */
async function expectRefresh(
  refresh: number,
  expected: (receives: (others: number) => number) => Record<string, number>,
): Promise<void> {
  const before = await Promise.all(simulator.hosts.map(({ name }) => countedOn(name)));
  await inventory.refresh();
  for (const [index, { name }] of simulator.hosts.entries()) {
    const now = await countedOn(name);
    expect(now.calls, "agent calls so far").toEqual(Array(refresh).fill("inventory/read"));
    const { round_trips = 0, received_bytes = 0 } = inventory.host(name).refresh ?? {};
    expect(difference(now.requests, before[index]?.requests)).toEqual(
      expected((others) => {
        expect(round_trips).toBeGreaterThan(others);
        return round_trips - others;
      }),
    );
    expect(received_bytes).toBeGreaterThan(JSON.stringify(inventory.host(name).record).length);
  }
}

async function expectNothingAsked(): Promise<void> {
  const { name } = simulator.hosts[0] ?? { name: "" };
  const { refresh } = inventory.host(name);
  const before = await countedOn(name);
  await simulator.power(name, false);
  await inventory.refresh(name);
  expect(inventory.host(name)).toMatchObject({ state: "unreachable", refresh });
  await simulator.power(name, true);
  await inventory.refresh(name);
  expect(inventory.host(name).state).toBe("online");
  expect((await countedOn(name)).calls.length).toBe(before.calls.length + 1);
}

function difference(
  now: Record<string, number>,
  before: Record<string, number> | undefined,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now).map(([kind, count]) => [kind, count - (before?.[kind] ?? 0)]),
  );
}
