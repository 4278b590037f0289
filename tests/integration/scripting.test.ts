import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JobView } from "@/lib/domain/job";
import { checkSyntax, moduleSources } from "@/tests/agents/support/syntax-check";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";
import { startBash } from "./scripting/bash";
import { csvRows } from "./scripting/csv";
import { type Example, examplesOf, type Language } from "./scripting/examples";
import { MODULES, startPowerShell } from "./scripting/powershell";
import type { Shell } from "./scripting/shell";

/**
 * The examples of docs/scripting.md as they stand there, from top to bottom: those for bash by bash, curl and jq, those
 * for PowerShell by PowerShell's own engine, against a server and simulated hosts.
 */

const PAGE = readFileSync("docs/scripting.md", "utf8");
const PASSWORD = "Canary-päss-$1";
/** Hosts and jobs whose place in the queue another's request needs. */
const QUEUED_LIMIT = 2;
/** A name that is not ASCII, as VMs may have that AetherV did not make. */
const ACCENTED = "größe-01";

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start({ config: { jobs: { queued_limit: QUEUED_LIMIT, settle_seconds: 0 } } });
  await stack.simulator.rename((await vmOf("build-old")).vm_id, ACCENTED);
  await stack.api("/inventory/refresh", { body: {} });
  await eventually(async () => (await inventory()).some(({ vm_name }) => vm_name === ACCENTED), ACCENTED);
});
afterAll(async () => {
  await stack.stop();
});

interface Ran {
  /** What the example wrote, without the job's log. */
  output: string;
  shell: Shell;
  folder: string;
  /** The expression that shows a value in this language. */
  say(bash: string, powershell: string): Promise<string>;
}

const inventory = async () =>
  (await stack.api<{ vms: { vm_name: string; vm_id: string }[] }>("/inventory")).body.vms;

const vmOf = async (name: string) => {
  const vm = await stack.simulator.vm(name);
  if (!vm) throw new Error(`There is no ${name}.`);
  return vm;
};

/** What each example has done by its end. */
const DONE: Record<string, (ran: Ran) => Promise<void>> = {
  "Two functions to begin with": async ({ output }) => {
    expect(output).toBe("");
  },
  "Deploy a VM and wait for it": async ({ output }) => {
    const vm = await vmOf("web-17");
    expect(vm).toMatchObject({ state: "running", guest: { applied: { guest_la_pw: PASSWORD } } });
    expect(output).toContain(`web-17 is ${vm.vm_id}\n`);
  },
  "Add a disk": async ({ output }) => {
    expect((await vmOf("web-17")).disks).toHaveLength(2);
    expect(output).toMatch(/The disk is [0-9a-f-]{36}\n/);
  },
  "Add a network adapter": async ({ output }) => {
    const nic = (await vmOf("web-17")).adapters.find(({ name }) => name === "backup");
    expect(output).toContain(`The adapter is ${nic?.nic_id}\n`);
  },
  "Change what nobody else has changed": async ({ say }) => {
    const [, path = ""] = (await vmOf("web-17")).disks;
    const [file] = await stack.simulator.disks("hv01", path);
    expect(file?.virtual_bytes).toBe(120 * 2 ** 30);
    expect(await say('echo "$etag"', "$headers['If-Match']")).toMatch(/^"[^"]+"\n$/);
  },
  "Make a VM of its parts, and initialize it": async ({ output }) => {
    const vm = await vmOf("db-03");
    expect(vm).toMatchObject({ state: "running", guest: { applied: { guest_la_pw: PASSWORD } } });
    expect(output).toContain(`db-03 is ${vm.vm_id}\n`);
  },
  "Inventory as CSV": async ({ folder }) => {
    const vms = await inventory();
    const [head, ...rows] = csvRows(readFileSync(join(folder, "vms.csv"), "utf8"));
    expect(head).toEqual(["name", "host", "state", "cpus", "memory_gb", "disk_gb", "addresses", "id"]);
    expect(rows.map(([name]) => name)).toEqual(vms.map(({ vm_name }) => vm_name));
    expect(rows.map((row) => row.at(-1))).toEqual(vms.map(({ vm_id }) => vm_id));
    const { adapters, vm_id } = await vmOf("web-17");
    const addresses = adapters.flatMap(({ ip_addresses }) => ip_addresses).join(" ");
    expect(rows).toContainEqual(["web-17", "hv01", "running", "2", "4", "160", addresses, vm_id]);
    expect(rows.find(([name]) => name === ACCENTED)).toBeDefined();
  },
  "Delete a VM": async ({ output }) => {
    expect(await stack.simulator.vm("web-17")).toBeUndefined();
    expect(await stack.simulator.vm("db-03")).toBeUndefined();
    expect(output.match(/^[A-Z]:\\.*\.vhdx$/gim)).toHaveLength(3);
  },
  "When it is refused": async ({ output }) => {
    expect(output).toMatch(/^invalid_request: .+\n(\/\w+ .+\n)+$/);
  },
  "Send it again": async () => {
    const { vm_id } = await vmOf("cache-04");
    const { body } = await stack.api<{ jobs: JobView[] }>(`/jobs?vm_id=${vm_id}&kind=vm.create`);
    expect(body.jobs).toHaveLength(1);
    await deleteVm(vm_id);
  },
};

/** What has to be so while an example runs. */
const DURING: Record<string, (run: () => Promise<string>) => Promise<string>> = {
  "Send it again": whileQueueIsFull,
};

async function startVm(vm_name: string, target_host: string): Promise<string> {
  const { status, body } = await stack.api<{ job_id: string }>("/vms", {
    body: { vm_name, target_host, os_family: "linux", cpu_cores: 1, gb_ram: 1 },
  });
  expect(status).toBe(202);
  return body.job_id;
}

async function deleteVm(vmId: string): Promise<void> {
  const { body } = await stack.api<{ job_id: string }>(`/vms/${vmId}`, { method: "DELETE" });
  expect((await stack.endOf(body.job_id)).state).toBe("succeeded");
}

/** Runs an example while the server takes no more jobs, until it has been told so once. */
async function whileQueueIsFull(run: () => Promise<string>): Promise<string> {
  const refusals = () => stack.app.output.split('"queue_full"').length;
  await stack.simulator.fault({ host: "hv03", kind: "agent_hangs", agent: "vm", operation: "create" });
  const waiting = [await startVm("waits-1", "hv03"), await startVm("waits-2", "hv03")];
  const before = refusals();
  const ran = run();
  await Promise.race([ran, eventually(() => refusals() > before, "the example to be refused")]);
  for (const jobId of waiting) await stack.api(`/jobs/${jobId}/cancel`, { method: "POST" });
  await stack.simulator.clearFaults();
  return ran;
}

test("the examples for PowerShell hold nothing that Windows PowerShell 5.1 does not have", () => {
  const text = examplesOf(PAGE, "powershell")
    .map(({ code }) => code)
    .join("\n");
  const [findings = []] = checkSyntax([
    [{ name: "scripting.md", role: "Agent", text }, ...moduleSources(MODULES)],
  ]);
  // The others are how agents are written.
  expect(findings.filter(({ rule }) => /^(?:newer-|parse-error$|parameter-prefix$)/.test(rule))).toEqual([]);
});

describe.each([
  ["bash", startBash],
  ["powershell", startPowerShell],
] as const)("the examples for %s", (language: Language, start) => {
  const examples: Example[] = examplesOf(PAGE, language);

  test("stand below every heading that has code", () => {
    expect(examples.map(({ heading }) => heading)).toEqual(Object.keys(DONE));
  });

  test("run, from the first to the last", async () => {
    const folder = mkdtempSync(join(tmpdir(), "aetherv-scripting-"));
    const environment = { AETHERV_URL: stack.url, GUEST_PASSWORD: PASSWORD };
    const shell = await start({ folder, environment });
    try {
      const say = (bash: string, powershell: string) => shell.run(language === "bash" ? bash : powershell);
      for (const { heading, code } of examples) {
        const run = () => shell.run(code);
        const output = await (DURING[heading] ?? ((each) => each()))(run);
        await DONE[heading]?.({ output, shell, folder, say });
      }
    } finally {
      await shell.close();
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
