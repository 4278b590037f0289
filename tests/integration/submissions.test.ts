import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { Problem } from "@/lib/domain/problem";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

const vmNamed = (vm_name: string) => {
  return { vm_name, target_host: "hv01", os_family: "linux", gb_ram: 1, cpu_cores: 1 };
};

async function submit(stack: Stack, body: object, headers: Record<string, string> = {}, path = "/vms") {
  return stack.api<Problem & { job_id: string }>(path, { body, headers });
}

describe("submitting a job", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await Stack.start();
  });
  afterAll(() => stack.stop());

  it("makes one VM of 50 requests at once with one Idempotency-Key", async () => {
    const key = { "idempotency-key": randomUUID() };
    const answers = await Promise.all(Array.from({ length: 50 }, () => submit(stack, vmNamed("once"), key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    const [jobId = "", ...others] = new Set(answers.map(({ body }) => body.job_id));
    expect(others).toEqual([]);
    expect(answers[0]?.headers.get("location")).toBe(`/api/v1/jobs/${jobId}`);
    expect((await stack.endOf(jobId)).state).toBe("succeeded");
    const later = await submit(stack, vmNamed("once"), key);
    expect([later.status, later.body.job_id]).toEqual([202, jobId]);
    const other = await submit(stack, vmNamed("other"), key);
    expect([other.status, other.body.code]).toEqual([409, "idempotency_conflict"]);
    const { vms } = (await stack.api<{ vms: VmView[] }>("/vms?q=once")).body;
    expect(vms.map(({ vm_name }) => vm_name)).toEqual(["once"]);
  });

  it("refuses a name in use, before any job exists", async () => {
    const first = await submit(stack, vmNamed("taken"));
    expect((await stack.endOf(first.body.job_id)).state).toBe("succeeded");
    const again = await submit(stack, vmNamed("TAKEN"));
    expect([again.status, again.body.code]).toEqual([409, "vm_name_taken"]);
    expect(again.body.errors.map(({ pointer }) => pointer)).toEqual(["/vm_name"]);
  });

  it("checks a request without starting a job", async () => {
    const jobs = async () => (await stack.api<{ total: number }>("/jobs")).body.total;
    const before = await jobs();
    const valid = await submit(stack, vmNamed("only-checked"), {}, "/vms?validate_only=true");
    expect([valid.status, valid.body]).toEqual([200, { valid: true }]);
    const invalid = await submit(stack, { ...vmNamed("x"), gb_ram: 100_000 }, {}, "/vms?validate_only=true");
    expect(invalid.status).toBeGreaterThanOrEqual(400);
    expect(await jobs()).toBe(before);
  });
});

describe("a server that is told to end", () => {
  let stack: Stack;
  afterEach(() => stack.stop());

  it.each([false, true])(
    "lets the job end, answers reads, takes nothing new and closes shells (warm: %s)",
    async (warm) => {
      stack = await Stack.start({ config: { winrm: { warm_processes: warm } } });
      await stack.simulator.fault({ host: "hv01", kind: "slow", delay_ms: 1_000, times: null });
      const { body } = await submit(stack, vmNamed("draining"));
      const stopped = stack.app.stop("SIGTERM");
      await eventually(async () => {
        const refused = await submit(stack, vmNamed("too-late"));
        return (
          refused.status === 503 &&
          refused.body.code === "shutting_down" &&
          refused.headers.has("retry-after")
        );
      }, "new work to be refused");
      expect((await stack.api<JobView>(`/jobs/${body.job_id}`)).status).toBe(200);
      await stack.simulator.clearFaults();
      expect(await stopped).toBe(0);
      expect(stack.app.output).toContain('"msg":"shut down"');
      expect(await stack.simulator.vmNames("hv01")).toContain("draining");
      expect((await stack.simulator.wire("hv01")).open_shells).toBe(0);
      await stack.restartApp();
      const gone = await stack.api<Problem>(`/jobs/${body.job_id}`);
      expect([gone.status, gone.body.code]).toEqual([410, "job_gone"]);
    },
  );

  it("names afterwards the VM that an earlier run's deployment made", async () => {
    stack = await Stack.start();
    const request = { ...vmNamed("survivor"), image_name: "Debian 12", size_gb: 20, network: "Servers" };
    const { body } = await submit(stack, request, {}, "/managed-deployments");
    const job = await stack.endOf(body.job_id);
    expect(job.state).toBe("succeeded");
    await stack.restartApp();
    const gone = await stack.api<Problem>(`/jobs/${body.job_id}`);
    expect([gone.status, gone.body.code]).toEqual([410, "job_gone"]);
    expect(gone.body.detail).toContain("VM survivor on hv01");
    expect(gone.body.next).toContain(String(job.outputs.vm_id));
  });
});
