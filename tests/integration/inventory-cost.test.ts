import { afterAll, beforeAll, expect, it } from "vitest";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { WinrmAgentInvoker } from "@/lib/agents/invoker";
import { InventoryService } from "@/lib/inventory/inventory-service";
import { agentHypervisor } from "@/tests/support/agent-hypervisor";
import { SimulatorProcess } from "@/tests/support/simulator-process";

/** What one refresh of all hosts costs, over TLS and WinRM, as both ends count it. */

let simulator: SimulatorProcess;
let inventory: InventoryService;

beforeAll(async () => {
  simulator = await SimulatorProcess.start();
  const hypervisor = agentHypervisor(simulator.hosts, new WinrmAgentInvoker(AgentScripts.load("agents")));
  inventory = new InventoryService({
    hosts: simulator.hosts,
    hypervisor,
    periodSeconds: 3_600,
    diskRereadSeconds: 600,
  });
});
afterAll(async () => {
  inventory.stop();
  await simulator.stop();
});

/** What happened on the wire of a host, and its calls of agents, since the test began to look. */
async function countedOn(host: string) {
  const { requests, open_shells } = await simulator.wire(host);
  const calls = (await simulator.allCalls()).filter((call) => call.host === host);
  return { requests, open_shells, calls: calls.map(({ agent, operation }) => `${agent}/${operation}`) };
}

it("is one agent call per host, in as many requests as the host's view says", async () => {
  for (let refresh = 1; refresh <= 3; refresh += 1) {
    const before = await Promise.all(simulator.hosts.map(({ name }) => countedOn(name)));
    await inventory.refresh();
    for (const [index, { name }] of simulator.hosts.entries()) {
      const now = await countedOn(name);
      expect(now.calls, "agent calls so far").toEqual(Array(refresh).fill("inventory/read"));
      expect(now.open_shells).toBe(0);
      const { round_trips = 0, received_bytes = 0 } = inventory.host(name).refresh ?? {};
      expect(difference(now.requests, before[index]?.requests)).toEqual({
        Create: 1,
        Command: 1,
        Send: 1,
        Signal: 1,
        Delete: 1,
        // How many answers the output comes in is up to the host.
        Receive: round_trips - 5,
      });
      expect(round_trips).toBeGreaterThan(5);
      expect(received_bytes).toBeGreaterThan(JSON.stringify(inventory.host(name).record).length);
    }
  }
});

it("stays that of the last good read when one fails, and a host that is off is asked for nothing", async () => {
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
});

function difference(
  now: Record<string, number>,
  before: Record<string, number> | undefined,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now).map(([kind, count]) => [kind, count - (before?.[kind] ?? 0)]),
  );
}
