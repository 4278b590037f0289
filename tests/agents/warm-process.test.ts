import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noteCalls } from "./support/contract";
import {
  AGENTS,
  type EngineName,
  type EngineUnderTest,
  nodeEngine,
  powerShellEngine,
} from "./support/engines";
import { WarmAgentProcess, type WarmCallOutput, type WarmOptions } from "./support/warm-agent-process";
import { World } from "./support/world";

/** docs/agent-protocol.md, section 1: a process that serves one call after the other. */

const engines = new Map<EngineName, EngineUnderTest>();
const calls = new Map<EngineName, number>();
const worlds: World[] = [];
beforeAll(async () => {
  engines.set("node", nodeEngine());
  engines.set("powershell", await powerShellEngine());
});
afterAll(async () => {
  for (const engine of engines.values()) {
    noteCalls(engine.name, engine.version, calls.get(engine.name) ?? 0);
    await engine.close();
  }
  for (const world of worlds) world.close();
});

interface Host {
  world: World;
  start(options?: WarmOptions): WarmAgentProcess;
}

function freshHost(name: EngineName, agents = AGENTS): Host {
  const engine = engines.get(name);
  if (engine === undefined) throw new Error(`The engine ${name} could not be started.`);
  const world = new World();
  worlds.push(world);
  const runs = engine.over(world, agents);
  return {
    world,
    start: (options) => {
      calls.set(name, (calls.get(name) ?? 0) + 1);
      return new WarmAgentProcess(runs, agents, options);
    },
  };
}

function request(agent: string, operation: string, spec: object) {
  const schema = { name: agent, version: "1.0.0" };
  const call = { agent, operation, schema, job_id: "job-1", context: null, spec };
  return (nonce: string) => JSON.stringify({ ...call, nonce });
}

const newVm = (name: string) =>
  request("vm", "create", { vm_name: name, gb_ram: 1, cpu_cores: 1, os_family: "linux" });

/** The result, which is the last line but the end's. */
function resultOf({ lines, nonce }: WarmCallOutput) {
  const line = JSON.parse(lines.at(-1) ?? "null");
  expect(line.nonce).toBe(nonce);
  return line.result;
}

describe.each(["node", "powershell"] as const)("a process of the %s engine", (name) => {
  let host: Host;
  beforeEach(() => {
    host = freshHost(name);
  });

  test("serves call after call, of one agent and another, and ends with its input", async () => {
    const process = host.start();
    for (const vm of ["one", "two", "three"]) {
      const created = await process.call("vm", newVm(vm));
      const { ok, outputs } = resultOf(created);
      expect([ok, outputs.vm_name]).toEqual([true, vm]);
      expect(created.workingSetBytes).toBeGreaterThan(1_000_000);
      const read = resultOf(await process.call("disk", request("disk", "read", { vm_id: outputs.vm_id })));
      expect(read.outputs).toEqual({ disks: [] });
    }
    expect([...host.world.host().vms.values()].map(({ name }) => name)).toEqual(
      expect.arrayContaining(["one", "two", "three"]),
    );
    process.endInput();
    expect(await process.ended).toBe(0);
    expect(process.stdout).toBe("");
  });

  test("numbers the lines of each call from 1, and bears nobody else's nonce", async () => {
    const process = host.start();
    for (const vm of ["one", "two"]) {
      const { lines, nonce } = await process.call("vm", newVm(vm));
      const parsed = lines.map((line) => JSON.parse(line));
      expect(parsed.map(({ seq }) => seq)).toEqual(parsed.map((_, index) => index + 1));
      expect(parsed.every((line) => line.nonce === nonce)).toBe(true);
    }
    process.kill();
  });

  test("goes on after a call that fails, and after a request that it cannot read", async () => {
    const process = host.start();
    const failed = await process.call(
      "vm",
      request("vm", "read", { vm_id: "00000000-0000-4000-8000-000000000000" }),
    );
    expect(resultOf(failed)).toMatchObject({ ok: false, error: { code: "vm_not_found" } });
    const unread = await process.call("vm", () => "[1]");
    expect(unread.lines).toEqual(["The agent could not read its request: it is not a JSON object."]);
    expect(resultOf(await process.call("vm", newVm("next"))).ok).toBe(true);
    process.kill();
  });

  test("ends by itself after its number of calls", async () => {
    const process = host.start({ calls: 2 });
    await process.call("vm", newVm("one"));
    await process.call("vm", newVm("two"));
    expect(await process.ended).toBe(0);
  });

  test("dies with a call that takes it along, and that call is not done again", async () => {
    host.world.fault({ kind: "agent_crash", when: "after", exit_code: 7 });
    const process = host.start();
    process.send("vm", newVm("one"));
    expect(await process.ended).toBe(7);
    expect(process.stdout).not.toContain('"result"');
    expect(process.stdout).not.toContain('"ended"');
    const next = host.start();
    expect(resultOf(await next.call("vm", newVm("one"))).error.code).toBe("vm_name_taken");
    next.kill();
  });

  test("tells foreign lines and an error that Hyper-V gave from the call after it", async () => {
    host.world.fault({ kind: "agent_garbage" });
    host.world.fault({ kind: "agent_error", code: "hyperv_error", message: "No.", target: null });
    const process = host.start();
    const failed = await process.call("vm", newVm("one"));
    expect(failed.lines.length).toBeGreaterThan(1);
    expect(resultOf(failed)).toMatchObject({ ok: false, error: { code: "hyperv_error", message: "No." } });
    const { lines } = await process.call("vm", newVm("one"));
    expect(lines.filter((line) => !line.startsWith('{"nonce"'))).toEqual([]);
    process.kill();
  });

  test("ends at once when it is terminated in the middle of a call", async () => {
    host.world.fault({ kind: "agent_hangs" });
    const process = host.start();
    process.send("vm", newVm("one"));
    process.kill();
    expect(await process.ended).not.toBe(0);
  });
});

/** Scripts in the place of agents: what they leave behind must be gone for the one after them. */
const LEAVES = String.raw`param([string]$RequestJson)
$global:Left = 1
$script:AgentSequence = 99
$global:ErrorActionPreference = 'SilentlyContinue'
$global:WarningPreference = 'SilentlyContinue'
$global:PSDefaultParameterValues['*:ErrorAction'] = 'Ignore'
$env:LEFT = '1'
$env:PSModulePath = ''
Set-StrictMode -Off
function global:Get-LeftOver { 1 }
function global:Write-AgentResult { }
function global:Get-VM { 1 }
[System.Environment]::CurrentDirectory = '/'
$ExecutionContext.SessionState.Path.SetLocation('C:\Windows')
Remove-TypeData -TypeName 'System.Array'
Get-Command -Name 'Get-Nothing'
[System.Console]::SetOut([System.IO.TextWriter]::Null)
`;
const LOOKS = `param([string]$RequestJson)
$state = $ExecutionContext.SessionState
$said = [ordered]@{
    variable    = "$($state.PSVariable.GetValue('Left'))"
    sequence    = $script:AgentSequence
    errors      = "$ErrorActionPreference"
    warnings    = "$WarningPreference"
    progress    = "$ProgressPreference"
    defaults    = $PSDefaultParameterValues.Count
    environment = "$env:LEFT"
    modules     = $env:PSModulePath -ne ''
    function    = @(Get-Command -Name 'Get-LeftOver' -ErrorAction Ignore).Count
    result      = "$((Get-Command -Name 'Write-AgentResult').Parameters.ContainsKey('ExitCode'))"
    module      = "$((Get-Command -Name 'Get-VM').ModuleName)"
    directory   = [System.Environment]::CurrentDirectory
    location    = $state.Path.CurrentLocation.Path
    error       = $Error.Count
    strict      = try { "$($null.Nothing)not strict" } catch { 'strict' }
}
[System.Console]::Out.WriteLine((ConvertTo-Json -InputObject $said -Compress))
`;

describe("in the PowerShell engine, a call leaves nothing behind", () => {
  let agents: string;
  const scripts: Record<string, string> = {
    vm: LOOKS,
    disk: LEAVES,
    nic: "param([string]$RequestJson)\n'said'; 'more'; exit 3\n",
    initialization: "param([string]$RequestJson)\nthrow 'thrown'\n",
    inventory: "param([string]$RequestJson)\nSet-StrictMode -Version 3.0\n$notSet\n",
  };
  beforeAll(() => {
    agents = mkdtempSync(join(tmpdir(), "aetherv-warm-"));
    cpSync(AGENTS, agents, { recursive: true });
    for (const [agent, script] of Object.entries(scripts))
      writeFileSync(join(agents, `${agent}.ps1`), script);
  });
  afterAll(() => rmSync(agents, { recursive: true }));

  const nothing = () => "{}";
  const look = async (process: WarmAgentProcess) =>
    JSON.parse((await process.call("vm", nothing)).lines[0] ?? "null");

  test.each(["disk", "nic", "initialization", "inventory"] as const)("%s", async (agent) => {
    const process = freshHost("powershell", agents).start();
    const before = await look(process);
    expect(before).toMatchObject({
      variable: "",
      sequence: 0,
      errors: "Stop",
      progress: "SilentlyContinue",
      function: 0,
      result: "True",
      error: 0,
      strict: "strict",
    });
    await process.call(agent, nothing);
    expect(await look(process)).toEqual(before);
    process.kill();
  });

  test("and what it says of itself is text for the log, before its end", async () => {
    const process = freshHost("powershell", agents).start();
    expect((await process.call("nic", nothing)).lines).toEqual(["said", "more"]);
    expect((await process.call("initialization", nothing)).lines).toEqual([
      expect.stringContaining("thrown"),
    ]);
    expect((await process.call("inventory", nothing)).lines).toEqual([expect.stringContaining("notSet")]);
    process.endInput();
    expect(await process.ended).toBe(0);
  });
});
