import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { endpointOf } from "@/lib/agents/endpoint";
import { WarmAgentInvoker } from "@/lib/agents/warm-invoker";
import { WinrmClient } from "@/lib/winrm/client";
import { runRaw } from "@/tests/support/ansible";
import { SimulatorProcess } from "@/tests/support/simulator-process";

let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await SimulatorProcess.start({ engine: "powershell" });
});
afterAll(() => simulator.stop());

/** Runs a script on hv01 by the simulator's WinRM endpoint. */
async function run(
  script: string,
  options: { stdin?: string; signal?: AbortSignal; onStdout?: () => void } = {},
) {
  const host = simulator.hosts.find(({ name }) => name === "hv01");
  if (host === undefined) throw new Error("The simulator has no host hv01.");
  const client = new WinrmClient(endpointOf(host));
  const output = { stdout: "", stderr: "" };
  const shell = await client.openShell();
  try {
    const encoded = Buffer.from(script, "utf16le").toString("base64");
    const { exitCode } = await shell.run({
      command: "powershell.exe",
      arguments: ["-NoProfile", "-InputFormat", "None", "-EncodedCommand", encoded],
      stdin: Buffer.from(options.stdin ?? "", "utf8"),
      onStdout: (chunk) => {
        output.stdout += Buffer.from(chunk).toString("utf8");
        options.onStdout?.();
      },
      onStderr: (chunk) => {
        output.stderr += Buffer.from(chunk).toString("utf8");
      },
      ...(options.signal && { signal: options.signal }),
    });
    return { ...output, exitCode };
  } finally {
    await shell.close();
    client.close();
  }
}

test("a client's script is executed: its input, its streams, its exit code", async () => {
  const script = `$line = [System.Console]::In.ReadLine(); "$env:COMPUTERNAME got $line"
    Get-Content -LiteralPath 'C:\\none.txt'; exit 42`;
  const { stdout, stderr, exitCode } = await run(script, { stdin: "grüße\n" });
  expect(stdout).toBe("HV01 got grüße\r\n");
  expect(stderr).toMatch(
    /^#< CLIXML\r\n<Objs .*<S S="Error">Get-Content : Cannot find path 'C:\\none\.txt'.*<\/Objs>$/s,
  );
  expect(exitCode).toBe(42);
});

test("a script that is terminated ends, and its host goes on", async () => {
  const abort = new AbortController();
  const aborted = once(abort.signal, "abort");
  const running = run("'started'; while ($true) { }", {
    signal: abort.signal,
    onStdout: () => abort.abort(),
  });
  await expect(running).rejects.toMatchObject({ kind: "aborted" });
  await aborted;
  expect((await run("'next'")).stdout).toBe("next\r\n");
  expect((await simulator.wire("hv01")).open_shells).toBe(0);
});

/**
 * `raw` alone: a module such as win_ping comes in a wrapper that starts a second PowerShell, compiles C# by
 * Add-Type, and uses cmdlets that no agent needs (docs/simulator-differences.md).
 */
test("Ansible's raw runs what it is given", async () => {
  const host = simulator.hosts.find(({ name }) => name === "hv01");
  if (host === undefined) throw new Error("The simulator has no host hv01.");
  const target = {
    address: host.address,
    transport: "ntlm" as const,
    username: host.username ?? "",
    password: host.password?.reveal() ?? "",
    caFile: join(simulator.directory, "ca.pem"),
  };
  const { exitCode, output } = await runRaw(target, '"$env:COMPUTERNAME has $((Get-VM).Count) VMs"');
  expect(output).toContain("CHANGED | rc=0 | (stdout) HV01 has 3 VMs");
  expect(exitCode).toBe(0);
});

test("a process that serves call after call takes two round trips for one, and is gone with its shell", async () => {
  const [host] = simulator.hosts;
  if (host === undefined) throw new Error("The simulator has no host.");
  const invoker = new WarmAgentInvoker(AgentScripts.load("agents"));
  const schema = { name: "inventory", version: "1.0.0" };
  const call = {
    agent: "inventory",
    operation: "files",
    schema,
    job_id: "j",
    context: null,
    spec: {},
  } as const;
  const costs: number[] = [];
  for (let n = 0; n < 3; n++) {
    const outputs = await invoker.invoke(host, call, {
      process: "reads",
      log: () => undefined,
      signal: new AbortController().signal,
      spent: (cost) => costs.push(cost.round_trips),
    });
    expect(outputs).toHaveProperty("files");
  }
  expect(costs.slice(1)).toEqual([2, 2]);
  expect((await simulator.wire(host.name)).open_shells).toBe(1);
  await invoker.close();
  expect((await simulator.wire(host.name)).open_shells).toBe(0);
});
