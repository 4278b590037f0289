import { createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AgentScripts } from "@/lib/agents/agent-scripts";
import { WinrmConnectionProbes } from "@/lib/agents/connection-probes";
import { WinrmAgentInvoker } from "@/lib/agents/invoker";
import type { CheckStep, CheckStepName } from "@/lib/domain/host-check";
import type { HostConfig } from "@/lib/domain/host-config";
import type { JobView } from "@/lib/domain/job";
import { Secret } from "@/lib/domain/secret";
import { HostCheckService } from "@/lib/host-check/host-check-service";
import { JobService } from "@/lib/jobs/job-service";
import { agentHypervisor } from "@/tests/support/agent-hypervisor";
import { LIMITS } from "@/tests/support/provisioning";
import { SimulatorProcess } from "@/tests/support/simulator-process";
import { createAuthority } from "@/tests/support/tls-certificates";

let simulator: SimulatorProcess;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  simulator = await SimulatorProcess.start();
}, 60_000);
afterAll(() => simulator?.stop());
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await simulator.clearFaults();
});

/** A check of hv01, with what the configuration says of it changed. */
async function check(changes: Partial<HostConfig> = {}, deadlineSeconds = 60) {
  const [first] = simulator.hosts;
  if (first === undefined) throw new Error("There is no host.");
  const hosts = [{ ...first, ...changes }];
  const jobs = new JobService(LIMITS);
  const hypervisor = agentHypervisor(hosts, new WinrmAgentInvoker(AgentScripts.load("agents")));
  const probes = new WinrmConnectionProbes();
  const checks = new HostCheckService({ hosts, jobs, hypervisor, probes, deadlineSeconds });
  const { job_id } = checks.prepare(first.name).start("somebody");
  const job = await jobs.ended(job_id);
  return {
    job,
    text: JSON.stringify([job, jobs.log(job_id, 0)]),
    step: (name: CheckStepName) => stepOf(job, name),
  };
}

const stepsOf = ({ outputs }: JobView) => outputs.steps as unknown as CheckStep[];

function stepOf(job: JobView, name: CheckStepName): CheckStep {
  const step = stepsOf(job).find((one) => one.name === name);
  if (step === undefined) throw new Error(`There is no step ${name}.`);
  return step;
}

/** Every step before this one has passed, and none after it was reached. */
function expectStopped({ job }: { job: JobView }, at: CheckStepName, code: string): CheckStep {
  const steps = stepsOf(job);
  const place = steps.findIndex(({ name }) => name === at);
  expect(steps.slice(0, place).map(({ name, state }) => `${name} ${state}`)).toEqual(
    steps.slice(0, place).map(({ name }) => `${name} passed`),
  );
  expect(new Set(steps.slice(place + 1).map(({ state }) => state))).toEqual(new Set(["not_reached"]));
  const failed = stepOf(job, at);
  expect(failed).toMatchObject({ state: "failed", code });
  expect(failed.next).toMatch(/\w/);
  expect(failed.section).not.toBeNull();
  expect(job).toMatchObject({ state: "failed", error: { code, message: failed.message, next: failed.next } });
  return failed;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

it("passes on a host that is set up as it should be, and leaves nothing there", async () => {
  const { job, step, text } = await check();
  expect(job).toMatchObject({ state: "succeeded", error: null });
  const states = stepsOf(job).map(({ name, state }) => `${name} ${state}`);
  expect(states.filter((one) => !one.endsWith(" passed"))).toEqual(["reach warning"]);
  expect(step("tls").facts.map(({ name }) => name)).toEqual([
    "Subject",
    "Names",
    "Issuer",
    "SHA-256 fingerprint",
    "Valid until",
  ]);
  expect(step("authentication").facts).toEqual(
    expect.arrayContaining([
      { name: "Used", value: "Basic" },
      { name: "Service", value: "Microsoft Corporation, OS: 10.0.26100 SP: 0.0 Stack: 3.0" },
    ]),
  );
  expect((await simulator.wire("hv01")).open_shells).toBe(0);
  expect(text).not.toContain(simulator.hosts[0]?.password?.reveal());
});

describe("the way to the host", () => {
  it("a name that nobody knows", async () => {
    const failed = expectStopped(
      await check({ address: "https://hv01.invalid:5986" }),
      "name",
      "host_unreachable",
    );
    expect(failed.message).toMatch(/hv01\.invalid/);
  });

  it("a host that is off", async () => {
    await simulator.power("hv01", false);
    closers.push(() => simulator.power("hv01", true));
    const failed = expectStopped(await check(), "tcp", "host_unreachable");
    expect(failed.message).toContain("connection refused");
    expect(failed.commands).toContain("Start-Service -Name WinRM");
  });

  it("a certificate from somebody else, which it shows", async () => {
    const { ca } = await createAuthority();
    const failed = expectStopped(await check({ ca }), "tls", "host_certificate_rejected");
    const print = failed.facts.find(({ name }) => name === "SHA-256 fingerprint")?.value ?? "";
    expect(print).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect((await check({ ca: null, fingerprint: print })).job.state).toBe("succeeded");
  });

  it("a certificate that is not the pinned one", async () => {
    const failed = expectStopped(
      await check({ ca: null, fingerprint: "AB".repeat(32) }),
      "tls",
      "host_certificate_rejected",
    );
    expect(failed.message).toContain("not the one that the configuration pins");
    expect(failed.next).toContain("compare");
  });

  it("a server that speaks no TLS", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("SSH-2.0-OpenSSH_9.6\r\n");
    });
    const address = `https://localhost:${await listening(server)}`;
    expectStopped(await check({ address }), "tls", "host_unreachable");
  });

  it("a wrong password", async () => {
    const failed = expectStopped(
      await check({ password: new Secret("Wrong-Password-1") }),
      "authentication",
      "host_authentication_failed",
    );
    expect(failed.facts).toEqual(
      expect.arrayContaining([{ name: "Offered", value: expect.stringContaining("Basic") }]),
    );
    expect(failed.message).not.toContain("Wrong-Password-1");
  });

  it("a wrong password by NTLM", async () => {
    const failed = expectStopped(
      await check({ authentication: "ntlm", password: new Secret("Wrong-Password-1") }),
      "authentication",
      "host_authentication_failed",
    );
    expect(failed.facts).toEqual(expect.arrayContaining([{ name: "Used", value: "NTLM" }]));
  });

  it("no shell left for the account", async () => {
    await simulator.fault({ host: "hv01", kind: "quota", action: "Create" });
    const failed = expectStopped(await check(), "shell", "host_busy");
    expect(failed.commands.join()).toContain("MaxShellsPerUser");
  });

  it("a host that does not answer once it has been reached", async () => {
    const server = createServer((socket) => socket.on("error", () => undefined));
    const address = `https://localhost:${await listening(server)}`;
    const { job, step } = await check({ address }, 1);
    expect(job).toMatchObject({ state: "failed", error: { code: "deadline_exceeded" } });
    expect(step("tls").state).toBe("failed");
  });
});

describe("what agents need on the host", () => {
  it("an agent that does not come to its end", async () => {
    await simulator.fault({ host: "hv01", kind: "agent_crash", agent: "host" });
    const failed = expectStopped(await check(), "powershell", "agent_failed");
    expect(failed.section).toBe("powershell");
  });

  it("an agent that hangs, until the deadline", async () => {
    await simulator.fault({ host: "hv01", kind: "agent_hangs", agent: "host" });
    const { job } = await check({}, 2);
    expect(job.error?.code).toBe("deadline_exceeded");
    expect((await simulator.wire("hv01")).open_shells).toBe(0);
  });

  it.each([
    ["no_hyperv_module", "hyperv", "hyperv_missing", "Install-WindowsFeature -Name Hyper-V-PowerShell"],
    ["vmms_stopped", "service", "hyperv_stopped", "Start-Service -Name vmms"],
    ["no_hyperv_rights", "rights", "host_access_denied", "Add-LocalGroupMember"],
    ["cluster_silent", "reach", "cluster_denied", "Grant-ClusterAccess"],
  ] as const)("%s", async (condition, name, code, command) => {
    await simulator.fault({ host: "hv01", kind: "host_condition", condition });
    const { job, step } = await check();
    expect(job).toMatchObject({ state: "failed", error: { code } });
    expect(step(name)).toMatchObject({ state: "failed", code });
    expect(step(name).commands.join("\n")).toContain(command);
    expect(step("resources").state).toBe("passed");
  });

  it("credentials that travel", async () => {
    await simulator.fault({ host: "hv01", kind: "host_condition", condition: "credentials_travel" });
    const { step } = await check();
    expect(step("reach")).toMatchObject({ state: "passed", next: null });
  });

  it.each([
    [null, "host_resources_missing"],
    ["{", "host_resources_invalid"],
  ])("a resources file that holds %j", async (text, code) => {
    await simulator.fault({ host: "hv01", kind: "host_resources", text });
    const { job, step } = await check();
    expect(job).toMatchObject({ state: "failed", error: { code } });
    expect(step("resources")).toMatchObject({ state: "failed", section: "the-host-resources" });
  });
});
