import { appendFileSync } from "node:fs";
import { afterAll, beforeAll, describe, test } from "vitest";
import { type EngineName, type EngineUnderTest, nodeEngine, powerShellEngine } from "./engines";
import { expectSame, expectScenario } from "./expectations";
import { type Observation, observe } from "./observation";
import { nameOf, type Scenario } from "./scenario";

const ENGINES: EngineName[] = ["node", "powershell"];

/** Where the number of agent calls of each engine is to be noted; unset: nowhere (scripts/test-agents.mjs). */
const COUNTS = process.env.AETHERV_AGENT_CALLS;

/** Tests every scenario on every engine, and whether the engines agree. */
export function testContract(scenarios: readonly Scenario[]): void {
  const engines = new Map<EngineName, EngineUnderTest>();
  const calls = new Map<EngineName, number>();
  const seen = new Map<string, Promise<Observation>>();

  beforeAll(async () => {
    engines.set("node", nodeEngine());
    engines.set("powershell", await powerShellEngine());
  });
  afterAll(async () => {
    for (const { name, version } of engines.values()) noteCalls(name, version, calls.get(name) ?? 0);
    await Promise.all([...engines.values()].map((engine) => engine.close()));
  });

  const once = (scenario: Scenario, name: EngineName): Promise<Observation> => {
    const key = `${name} ${nameOf(scenario)}`;
    const engine = engines.get(name);
    if (engine === undefined) throw new Error(`The engine ${name} could not be started.`);
    const observation = seen.get(key) ?? observe(scenario, engine);
    if (!seen.has(key)) calls.set(name, (calls.get(name) ?? 0) + 1);
    seen.set(key, observation);
    return observation;
  };

  describe.each(scenarios.map((scenario) => ({ scenario, name: nameOf(scenario) })))(
    "$name",
    ({ scenario }) => {
      test.each(ENGINES)("on the %s engine", async (name) => {
        expectScenario(scenario, await once(scenario, name));
      });

      test("the same on both", async () => {
        expectSame(await once(scenario, "powershell"), await once(scenario, "node"));
      });
    },
  );
}

/** Notes that an engine ran so many agent calls. */
export function noteCalls(engine: EngineName, version: string, calls: number): void {
  if (COUNTS !== undefined) appendFileSync(COUNTS, `${JSON.stringify({ engine, version, calls })}\n`);
}
