import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestJson } from "@/lib/agents/request";
import { runBootstrap, scriptsOf } from "./support/agent-process";
import { noteCalls } from "./support/contract";
import {
  AGENTS,
  type EngineName,
  type EngineUnderTest,
  nodeEngine,
  powerShellEngine,
} from "./support/engines";
import { World } from "./support/world";

const NONCE = "0123456789abcdef0123456789abcdef";
const READ = {
  agent: "inventory",
  operation: "read",
  schema: { name: "initialization", version: "1.0.0" },
  job_id: "job-1",
  context: null,
  spec: {},
} as const;

const engines = new Map<EngineName, EngineUnderTest>();
const calls = new Map<EngineName, number>();
beforeAll(async () => {
  engines.set("node", nodeEngine());
  engines.set("powershell", await powerShellEngine());
});
afterAll(async () => {
  for (const engine of engines.values()) {
    noteCalls(engine.name, engine.version, calls.get(engine.name) ?? 0);
    await engine.close();
  }
});

/** Runs the bootstrap with these lines of stdin on a fresh host. */
async function run(name: EngineName, lines: (string | null)[]) {
  const engine = engines.get(name);
  if (engine === undefined) throw new Error(`The engine ${name} could not be started.`);
  const sent = Buffer.from(scriptsOf(AGENTS).stdin("inventory", requestJson(READ, NONCE)))
    .toString("latin1")
    .split("\n");
  const stdin = lines.map((line, index) => `${line ?? sent[index]}\n`).join("");
  const world = new World();
  try {
    calls.set(name, (calls.get(name) ?? 0) + 1);
    return await runBootstrap(engine.over(world, AGENTS), "hv01", Buffer.from(stdin, "latin1"), AGENTS);
  } finally {
    world.close();
  }
}

function base64(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : JSON.stringify(value), "utf8").toString("base64");
}

/** Of the last line of stdout. */
function resultOf(stdout: Buffer) {
  return JSON.parse(stdout.toString("latin1").trimEnd().split("\n").at(-1) ?? "null").result;
}

describe.each(["node", "powershell"] as const)("the %s engine", (name) => {
  test("ends with 0 after a call", async () => {
    const { exitCode, stdout } = await run(name, [null, null, null]);
    expect([exitCode, resultOf(stdout).ok]).toEqual([0, true]);
  });

  test.each([
    ["no JSON", "{"],
    ["no object", [1]],
    ["nothing", ""],
  ])("ends with 2 and without a result when the request is %s", async (_, request) => {
    const { exitCode, stdout } = await run(name, [null, null, base64(request)]);
    expect(exitCode).toBe(2);
    expect(stdout.toString("latin1")).toBe(
      "The agent could not read its request: it is not a JSON object.\n",
    );
  });

  test("does not repeat a request that it cannot read, for secrets may be in it", async () => {
    const { stdout, stderr } = await run(name, [null, null, base64('{"guest_config":{"pw":"canary-value"')]);
    expect(`${stdout}${stderr}`).not.toContain("canary");
  });

  test.each([
    ["another agent", { ...READ, agent: "vm", nonce: NONCE }],
    ["an agent in another case", { ...READ, agent: "Inventory", nonce: NONCE }],
    ["an operation that there is not", { ...READ, operation: "format", nonce: NONCE }],
    ["an operation in another case", { ...READ, operation: "Read", nonce: NONCE }],
    ["a function's name as operation", { ...READ, operation: "Read-AgentInventory", nonce: NONCE }],
  ])("answers invalid_request for %s", async (_, request) => {
    const { exitCode, stdout } = await run(name, [null, null, base64(request)]);
    expect(exitCode).toBe(1);
    expect(resultOf(stdout).error).toMatchObject({ code: "invalid_request", target: null });
  });

  test("takes a request that never comes for an empty one", async () => {
    const { exitCode, stdout } = await run(name, [null, null]);
    expect(exitCode).toBe(2);
    expect(stdout.toString("latin1")).toContain("could not read its request");
  });

  test("says on stderr in CLIXML what broke a bootstrap", async () => {
    const { exitCode, stdout, stderr } = await run(name, ["not base64!", null, null]);
    expect(exitCode).toBe(1);
    expect(stdout.toString("latin1")).toBe("");
    expect(stderr.length).toBeGreaterThan(0);
  });
});

describe("the PowerShell engine", () => {
  test("writes errors of the bootstrap as a Windows host does: CLIXML", async () => {
    const { stderr } = await run("powershell", ["not base64!", null, null]);
    const text = stderr.toString("utf8");
    expect(text).toMatch(/^#< CLIXML\r\n<Objs /);
    expect(text).toContain('S="Error"');
  });
});
