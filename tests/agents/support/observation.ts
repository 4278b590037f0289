import type { AgentCall } from "@/lib/agents/agent-call";
import type { FieldValues } from "@/lib/domain/field-values";
import type { KnownDisk } from "@/lib/domain/inventory";
import { Secret } from "@/lib/domain/secret";
import { type CallOutput, callAgent } from "./agent-process";
import { AGENTS, type EngineUnderTest } from "./engines";
import type { Scenario } from "./scenario";
import { difference, type FlatState, flatten, type Names, named, namesOf, type State } from "./state";
import { World } from "./world";

export interface Result {
  ok: boolean;
  exit_code: number;
  outputs: Record<string, unknown>;
  error: { code: string; message: string; target: string | null } | null;
}

/** What one engine did in one scenario. */
export interface Observation {
  output: CallOutput;
  /** The lines of stdout, parsed; null: not JSON. */
  lines: (Record<string, unknown> | null)[];
  /** Of the last line; null: it has none. */
  result: Result | null;
  /** The outputs with ids by name. */
  outputs: unknown;
  changes: FlatState;
}

/** Puts an engine through a scenario, in a world of its own. */
export async function observe(
  scenario: Scenario,
  engine: EngineUnderTest,
  agents = AGENTS,
): Promise<Observation> {
  const world = new World();
  try {
    scenario.given?.(world);
    const before = await world.state();
    const call = callOf(scenario, namesOf(before));
    const output = await callAgent(engine.over(world, agents), scenario.host ?? "hv01", call, agents);
    const after = await world.state();
    await scenario.afterwards?.(world);
    return observationOf(output, before, after);
  } finally {
    world.close();
  }
}

function observationOf(output: CallOutput, before: State, after: State): Observation {
  const names = namesOf(before, after);
  const lines = output.stdout.toString("latin1").split("\n").slice(0, -1).map(tryParse);
  const result = (lines.at(-1)?.result ?? null) as Result | null;
  return {
    output,
    lines,
    result,
    outputs: named(result?.outputs ?? null, names),
    changes: difference(flatten(before, names), flatten(after, names)),
  };
}

function callOf(scenario: Scenario, names: Names): AgentCall {
  const [agent, operation] = scenario.call.split("/") as [AgentCall["agent"], string];
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  const byName = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(byName);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, byName(each)]));
    }
    if (typeof value !== "string" || !/^(vm|disk|nic):/.test(value)) return value;
    const id = ids.get(value);
    if (id === undefined) throw new Error(`Nothing is called ${value}.`);
    return id;
  };
  const spec = Object.fromEntries(Object.entries(scenario.spec).map(([key, value]) => [key, byName(value)]));
  return {
    agent,
    operation,
    schema: { name: agent, version: "1.0.0" },
    job_id: "job-1",
    context: scenario.context ?? null,
    spec: spec as FieldValues,
    ...(scenario.known_disks && { known_disks: byName(scenario.known_disks) as KnownDisk[] }),
    ...(scenario.guest_config && { guest_config: secrets(scenario.guest_config) }),
  };
}

function secrets(config: Record<string, string>): Map<string, Secret> {
  return new Map(Object.entries(config).map(([name, value]) => [name, new Secret(value)]));
}

function tryParse(line: string): Record<string, unknown> | null {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
}
