import { describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { CheckStep, StepFinding } from "@/lib/domain/host-check";
import type { JobView } from "@/lib/domain/job";
import { JobService } from "@/lib/jobs/job-service";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { FakeProbes } from "@/tests/support/fake-probes";
import { hostConfig, LIMITS } from "@/tests/support/provisioning";
import { HostCheckService } from "./host-check-service";

function station(deadlineSeconds = 120) {
  const jobs = new JobService(LIMITS);
  const hypervisor = new FakeHypervisor("hv01", "hv02");
  const probes = new FakeProbes();
  const hosts = [hostConfig("hv01"), hostConfig("hv02")];
  const checks = new HostCheckService({ hosts, jobs, hypervisor, probes, deadlineSeconds });
  const run = (host = "hv01") => jobs.ended(checks.prepare(host).start("somebody").job_id);
  return { jobs, hypervisor, probes, checks, run };
}

const stepsOf = ({ outputs }: JobView) => outputs.steps as unknown as CheckStep[];
const statesOf = (job: JobView) => Object.fromEntries(stepsOf(job).map(({ name, state }) => [name, state]));
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("HostCheckService", () => {
  it("succeeds where every step passes", async () => {
    const job = await station().run();
    expect(job).toMatchObject({ kind: "host.check", host: "hv01", state: "succeeded", error: null });
    expect(new Set(Object.values(statesOf(job)))).toEqual(new Set(["passed"]));
    expect(stepsOf(job)[0]?.duration_ms).toEqual(expect.any(Number));
  });

  it("stops at the first step of the connection that fails, and says what to do", async () => {
    const { probes, hypervisor, run } = station();
    const finding: StepFinding = {
      state: "failed",
      message: "Nobody is there.",
      code: "host_unreachable",
      cause: "no_listener",
    };
    probes.findings.set("tcp", async () => finding);
    const job = await run();
    expect(statesOf(job)).toMatchObject({
      name: "passed",
      tcp: "failed",
      tls: "not_reached",
      resources: "not_reached",
    });
    const failed = stepsOf(job).find(({ name }) => name === "tcp");
    expect(failed?.commands.length).toBeGreaterThan(0);
    expect(job).toMatchObject({
      state: "failed",
      error: { code: "host_unreachable", message: "Nobody is there.", next: failed?.next },
    });
    expect(hypervisor.calls).toEqual([]);
  });

  it("goes on after a warning", async () => {
    const { probes, run } = station();
    probes.findings.set("tls", async () => ({
      state: "warning",
      message: "It ends soon.",
      cause: "certificate",
    }));
    const job = await run();
    expect(job.state).toBe("succeeded");
    expect(statesOf(job)).toMatchObject({ tls: "warning", resources: "passed" });
  });

  it.each([
    ["agent_failed", "… MethodInvocationNotSupportedInConstrainedLanguage", "powershell_unsupported"],
    ["agent_failed", "It crashed.", "agent_failed"],
    ["host_busy", null, "host_busy"],
  ] as const)("tells of an agent that does not answer: %s, %s", async (code, detail, told) => {
    const { hypervisor, run } = station();
    hypervisor.checkHost = async () => {
      throw new AethervError(code, "It did not answer.", { detail });
    };
    const job = await run();
    expect(statesOf(job)).toMatchObject({ shell: "passed", powershell: "failed", hyperv: "not_reached" });
    expect(job.error?.code).toBe(told);
  });

  it("makes one check of a host at a time, and shows it while it runs", async () => {
    const { probes, checks, jobs } = station();
    let pass: (finding: StepFinding) => void = () => {};
    probes.findings.set("tcp", () => new Promise((resolve) => (pass = resolve)));
    const first = checks.prepare("hv01").start("somebody");
    await vi.waitFor(() =>
      expect(statesOf(jobs.get(first.job_id))).toMatchObject({ name: "passed", tcp: "running" }),
    );
    expect(checks.prepare("hv01").start("another").job_id).toBe(first.job_id);
    expect(checks.prepare("hv02").start("another").job_id).not.toBe(first.job_id);
    pass({ state: "passed", message: "It works." });
    await jobs.ended(first.job_id);
    expect(checks.prepare("hv01").start("another").job_id).not.toBe(first.job_id);
  });

  it("ends with its deadline, whatever a step does", async () => {
    const { probes, run } = station(0.05);
    probes.findings.set("tls", untilAborted);
    const job = await run();
    expect(job).toMatchObject({ state: "failed", error: { code: "deadline_exceeded" } });
    expect(statesOf(job)).toMatchObject({ tcp: "passed", tls: "failed", authentication: "not_reached" });
  });

  it("ends when it is canceled", async () => {
    const { probes, checks, jobs } = station();
    probes.findings.set("tls", untilAborted);
    const { job_id } = checks.prepare("hv01").start("somebody");
    await vi.waitFor(() => expect(statesOf(jobs.get(job_id))).toMatchObject({ tls: "running" }));
    jobs.cancel(job_id);
    const job = await jobs.ended(job_id);
    expect(job.state).toBe("canceled");
    expect(statesOf(job)).toMatchObject({ tcp: "passed", tls: "not_reached" });
  });

  it("refuses a host that the configuration does not name", () => {
    expect(() => station().checks.prepare("hv09")).toThrow(
      expect.objectContaining({ code: "host_not_found" }),
    );
  });
});
