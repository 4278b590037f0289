import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { HostInventory } from "@/lib/domain/inventory";
import { Secret } from "@/lib/domain/secret";
import { hostRecord } from "@/tests/support/fake-records";
import { LIMITS } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";
import { JobService } from "./job-service";
import { type Outcome, OutcomeUnknown } from "./outcome";
import type { RunningJob } from "./running-job";

const input = {
  kind: "vm.create" as const,
  host: "hv01",
  vm_name: "web-01",
  vm_id: null,
  actor: "operator",
  request: { vm_name: "web-01" },
};
const READ: HostInventory = { host: hostRecord("hv01"), vms: [], unread_vms: [] };
const LOST = new AethervError("contact_lost", "Contact was lost.");
const VM = { kind: "vm" as const, id: "1", name: "web-01", host: "hv01" };

/** Work that goes on until it is released or canceled. */
function held() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const run = async (job: RunningJob) => {
    job.call(null).started();
    await Promise.race([
      gate,
      new Promise((_, reject) => {
        job.signal.addEventListener("abort", () => reject(job.signal.reason));
      }),
    ]);
    return { done: true };
  };
  return { run, release };
}

function unknownUntil(outcome: Outcome | null) {
  return async (): Promise<never> => {
    throw new OutcomeUnknown(LOST, () => outcome);
  };
}

const texts = (jobs: JobService, id: string) => jobs.log(id, 0).lines.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-02T03:04:05Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a job's life", () => {
  it("is queued until its first call leaves the queue, then running, then succeeded with its outputs", async () => {
    const jobs = new JobService(LIMITS);
    const { run, release } = held();
    const started = jobs.start(input, run);
    expect(started).toMatchObject({ state: "queued", started_at: null, actor: "operator", steps: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(started.job_id)).toMatchObject({
      state: "running",
      started_at: "2026-01-02T03:04:05.000Z",
    });
    release();
    expect(await jobs.ended(started.job_id)).toMatchObject({ state: "succeeded", outputs: { done: true } });
    expect(texts(jobs, started.job_id).at(-1)).toBe("Done after < 1 s.");
  });

  it("fails with the error's code, words and next step, and with what exists", async () => {
    const jobs = new JobService(LIMITS);
    const { job_id } = jobs.start(input, async (job) => {
      job.created(VM);
      throw new AethervError("storage_full", "Class gold has no room.", { detail: "0x80070070" });
    });
    expect(await jobs.ended(job_id)).toMatchObject({
      state: "failed",
      error: {
        code: "storage_full",
        message: "Class gold has no room.",
        detail: "0x80070070",
        step: null,
        exists: [VM],
      },
    });
    expect(texts(jobs, job_id)).toContain("Class gold has no room.");
  });

  it("repeats none of its request's secrets, nor does the deployment whose step it is", async () => {
    const jobs = new JobService(LIMITS);
    const secrets = [new Secret("hunter2-hunter2")];
    const parent = jobs.start({ ...input, kind: "managed_deployment", secrets }, async (job) => {
      job.plan(["vm"]);
      const { job: child } = await job.step("vm", () =>
        jobs.start({ ...input, parent: job.job_id }, async (step) => {
          step.log("info", "useradd -p hunter2-hunter2");
          const detail = Buffer.from("hunter2-hunter2").toString("base64");
          throw new AethervError("guest_provisioning_failed", "hunter2-hunter2 is too short", { detail });
        }),
      );
      throw new AethervError("step_failed", child.error?.message ?? "");
    });
    await jobs.ended(parent.job_id);
    const { jobs: views } = jobs.list({ limit: 10, offset: 0 });
    expect(views.map(({ error }) => error?.message)).toEqual(Array(2).fill("[secret] is too short"));
    const shown = JSON.stringify([views, views.map(({ job_id }) => jobs.log(job_id, 0))]);
    expect(shown).toContain("useradd -p [secret]");
    expect(shown).not.toMatch(/hunter2|aHVudGVyMi1odW50ZXIy/);
  });

  it("fails in plain words of bounded length, whatever a guest says", async () => {
    const jobs = new JobService(LIMITS);
    const { job_id } = jobs.start(input, async () => {
      const detail = `\u001b]0;owned\u0007\u202Egnp.exe\r\nC:\tb${"x".repeat(1_000_000)}`;
      throw new AethervError("guest_provisioning_failed", "\u001b[2Jfailed", { detail });
    });
    const { error } = await jobs.ended(job_id);
    expect(error?.message).toBe("\uFFFD[2Jfailed");
    expect(error?.detail).toMatch(/^\uFFFD\]0;owned\uFFFD\uFFFDgnp.exe\nC:\tbx+ … \(/);
    expect(error?.detail?.length).toBeLessThan(20_000);
    expect(texts(jobs, job_id)[0]).toBe("\uFFFD[2Jfailed");
  });

  it("turns anything else that is thrown into internal_error, and tells its words to the reporter alone", async () => {
    const report = vi.fn();
    const mistake = new TypeError("cannot read x of Canary-secret");
    const jobs = new JobService(LIMITS, report);
    const { job_id } = jobs.start(input, async () => {
      throw mistake;
    });
    const view = await jobs.ended(job_id);
    expect(view.error?.code).toBe("internal_error");
    expect(report).toHaveBeenCalledExactlyOnceWith(mistake, job_id);
    expect(JSON.stringify([view, jobs.log(job_id, 0)])).not.toContain("Canary-secret");
  });
});

describe("ids", () => {
  it("tell a job of an earlier run from one that never was", () => {
    const earlier = new JobService(LIMITS).start(input, async () => ({}));
    const jobs = new JobService(LIMITS);
    expect(thrownBy(() => jobs.get(earlier.job_id)).code).toBe("job_gone");
    for (const id of ["", "x", "../etc", "__proto__"]) {
      expect(thrownBy(() => jobs.get(id)).code).toBe("job_not_found");
    }
    const own = jobs.start(input, async () => ({})).job_id.replace(/.$/, "x");
    expect(thrownBy(() => jobs.get(own)).code).toBe("job_not_found");
  });
});

describe("bounds", () => {
  it("refuses more unfinished jobs than its limit, and takes them again once some have ended", async () => {
    const jobs = new JobService({ ...LIMITS, unfinished: 2 });
    const first = held();
    const { job_id } = jobs.start(input, first.run);
    jobs.start(input, held().run);
    expect(thrownBy(() => jobs.start(input, held().run)).code).toBe("queue_full");
    first.release();
    await jobs.ended(job_id);
    expect(jobs.start(input, held().run).state).toBe("queued");
  });

  it("forgets the oldest ended jobs beyond its count, and none that has not ended", async () => {
    const jobs = new JobService({ ...LIMITS, retained: 3 });
    const open = jobs.start(input, held().run);
    for (let i = 0; i < 5; i++) await jobs.ended(jobs.start(input, async () => ({})).job_id);
    expect(jobs.list({ limit: 100, offset: 0 }).total).toBe(3);
    expect(jobs.get(open.job_id).state).toBe("running");
  });

  /** A job with one step. */
  const deploy = (jobs: JobService) =>
    jobs.start({ ...input, kind: "managed_deployment" }, async (job) => {
      job.plan(["vm"]);
      await job.step("vm", () => jobs.start({ ...input, parent: job.job_id }, async () => ({})));
      return {};
    });

  it("counts a deployment once, and keeps its steps with it", async () => {
    const jobs = new JobService({ ...LIMITS, retained: 3 });
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await jobs.ended(deploy(jobs).job_id)).job_id);
    const { jobs: kept, total } = jobs.list({ limit: 100, offset: 0, top_level: true });
    expect([total, kept.map(({ job_id }) => job_id)]).toEqual([3, ids.slice(2).reverse()]);
    for (const { steps } of kept) expect(jobs.get(steps[0]?.job_id ?? "").state).toBe("succeeded");
    expect(jobs.list({ limit: 100, offset: 0 }).total).toBe(6);
  });

  it("forgets ended jobs when they are too old, a deployment with its steps", async () => {
    const jobs = new JobService({ ...LIMITS, retentionMs: 1000 });
    await jobs.ended(deploy(jobs).job_id);
    expect(jobs.list({ limit: 10, offset: 0 }).total).toBe(2);
    await vi.advanceTimersByTimeAsync(1001);
    expect(jobs.list({ limit: 10, offset: 0 }).total).toBe(0);
  });
});

describe("the list", () => {
  it("filters, pages and begins with the newest", async () => {
    const jobs = new JobService(LIMITS);
    const ids = ["hv01", "hv02", "hv01"].map(
      (host) => jobs.start({ ...input, host }, async () => ({})).job_id,
    );
    await Promise.all(ids.map((id) => jobs.ended(id)));
    const found = (filter: object) =>
      jobs.list({ limit: 10, offset: 0, ...filter }).jobs.map(({ job_id }) => job_id);
    expect(found({})).toEqual([...ids].reverse());
    expect(found({ host: "hv02" })).toEqual([ids[1]]);
    expect(found({ limit: 1, offset: 1 })).toEqual([ids[1]]);
    expect(found({ states: ["failed"] })).toEqual([]);
    expect(found({ kind: "vm.create" })).toHaveLength(3);
    expect(jobs.list({ limit: 1, offset: 0 }).total).toBe(3);
  });
});

describe("a deployment's steps", () => {
  it("are child jobs whose lines stand, labelled, in the deployment's log", async () => {
    const jobs = new JobService(LIMITS);
    const parent = jobs.start({ ...input, kind: "managed_deployment" }, async (job) => {
      job.plan(["vm", "disk"]);
      job.log("info", "Step 1 of 2.");
      const { job: child } = await job.step("vm", () =>
        jobs.start({ ...input, parent: job.job_id }, async (step) => {
          step.call(null).log("verbose", "New-VM");
          return { vm_id: "1" };
        }),
      );
      return child.outputs;
    });
    const view = await jobs.ended(parent.job_id);
    expect(view.outputs).toEqual({ vm_id: "1" });
    expect(view.steps).toMatchObject([
      { name: "vm", state: "succeeded" },
      { name: "disk", state: "pending", job_id: null },
    ]);
    const lines = jobs.log(parent.job_id, 0).lines.map(({ step, text }) => [step, text]);
    expect(lines).toEqual([
      [null, "Step 1 of 2."],
      ["vm", "New-VM"],
      ["vm", "Done after < 1 s."],
      [null, "Done after < 1 s."],
    ]);
    expect(jobs.get(String(view.steps[0]?.job_id)).parent_job_id).toBe(parent.job_id);
    expect(jobs.list({ limit: 9, offset: 0, top_level: true }).total).toBe(1);
  });

  it("are canceled with it", async () => {
    const jobs = new JobService(LIMITS);
    const { run } = held();
    const parent = jobs.start({ ...input, kind: "managed_deployment" }, async (job) => {
      job.plan(["vm"]);
      const { job: child } = await job.step("vm", () => jobs.start({ ...input, parent: job.job_id }, run));
      if (child.state !== "succeeded") throw new AethervError("canceled", "The deployment was canceled.");
      return {};
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(parent.job_id).state).toBe("running");
    jobs.cancel(parent.job_id);
    const view = await jobs.ended(parent.job_id);
    expect(view).toMatchObject({ state: "canceled", error: { code: "canceled", step: "vm" } });
    expect(view.steps[0]?.state).toBe("canceled");
    expect(thrownBy(() => jobs.cancel(parent.job_id)).code).toBe("job_not_cancelable");
  });
});

describe("an unknown outcome", () => {
  const found: Outcome = { state: "succeeded", outputs: { vm_id: "1" }, created: [VM] };
  const absent: Outcome = { state: "failed", error: LOST, created: [] };

  it("is settled by the next good read of the host that finds it carried out", async () => {
    const jobs = new JobService(LIMITS);
    const { job_id } = jobs.start(input, unknownUntil(found));
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(job_id)).toMatchObject({ state: "unknown", ended_at: null });
    await jobs.hostRead("hv02", READ, Date.now());
    expect(jobs.get(job_id).state).toBe("unknown");
    await jobs.hostRead("hv01", READ, Date.now());
    expect(jobs.get(job_id)).toMatchObject({ state: "succeeded", outputs: { vm_id: "1" }, error: null });
  });

  it("fails with contact_lost where the read shows that nothing was done", async () => {
    const jobs = new JobService(LIMITS);
    const { job_id } = jobs.start(input, unknownUntil(absent));
    await vi.advanceTimersByTimeAsync(0);
    await jobs.hostRead("hv01", READ, Date.now());
    expect(jobs.get(job_id)).toMatchObject({ state: "failed", error: { code: "contact_lost", exists: [] } });
  });

  it("is not settled by a read that began before contact was lost, or too soon after", async () => {
    const jobs = new JobService({ ...LIMITS, settleMs: 30_000 });
    const { job_id } = jobs.start(input, unknownUntil(absent));
    await vi.advanceTimersByTimeAsync(0);
    const lostAt = Date.now();
    await jobs.hostRead("hv01", READ, lostAt - 1);
    await jobs.hostRead("hv01", READ, lostAt + 29_999);
    expect(jobs.get(job_id).state).toBe("unknown");
    await jobs.hostRead("hv01", READ, lostAt + 30_000);
    expect(jobs.get(job_id).state).toBe("failed");
  });

  it("ends after 15 minutes without an answer", async () => {
    const jobs = new JobService(LIMITS);
    const { job_id } = jobs.start(input, unknownUntil(null));
    await vi.advanceTimersByTimeAsync(0);
    await jobs.hostRead("hv01", READ, Date.now());
    await vi.advanceTimersByTimeAsync(15 * 60_000 - 1);
    expect(jobs.get(job_id).state).toBe("unknown");
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.get(job_id)).toMatchObject({ state: "failed", error: { code: "outcome_unknown" } });
  });

  it("shows on the deployment too, which goes on when the step turns out to have succeeded", async () => {
    const jobs = new JobService(LIMITS);
    const parent = jobs.start({ ...input, kind: "managed_deployment" }, async (job) => {
      job.plan(["vm"]);
      const { job: child } = await job.step("vm", () =>
        jobs.start({ ...input, parent: job.job_id }, unknownUntil(found)),
      );
      return child.outputs;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(parent.job_id)).toMatchObject({ state: "unknown", steps: [{ state: "unknown" }] });
    await jobs.hostRead("hv01", READ, Date.now());
    expect(await jobs.ended(parent.job_id)).toMatchObject({ state: "succeeded", outputs: { vm_id: "1" } });
  });

  it("of a canceled job ends canceled, with what exists", async () => {
    const jobs = new JobService(LIMITS);
    const { job_id } = jobs.start(input, async (job) => {
      await new Promise((resolve) => job.signal.addEventListener("abort", resolve));
      throw new OutcomeUnknown(LOST, () => found);
    });
    await vi.advanceTimersByTimeAsync(0);
    jobs.cancel(job_id);
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(job_id).state).toBe("unknown");
    await jobs.hostRead("hv01", READ, Date.now());
    expect(jobs.get(job_id)).toMatchObject({
      state: "canceled",
      error: { code: "canceled", exists: [VM] },
    });
  });
});

describe("shutting down", () => {
  it("refuses new jobs, lets running ones end, and marks the rest", async () => {
    const jobs = new JobService(LIMITS);
    const quick = held();
    const ends = jobs.start(input, quick.run);
    const stays = jobs.start(input, held().run);
    const hangs = jobs.start(input, () => new Promise(() => {}));
    await vi.advanceTimersByTimeAsync(0);
    const drained = jobs.drain(30_000);
    expect(thrownBy(() => jobs.start(input, held().run)).code).toBe("shutting_down");
    quick.release();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(jobs.get(ends.job_id).state).toBe("succeeded");
    expect(jobs.get(stays.job_id).state).toBe("running");
    await vi.advanceTimersByTimeAsync(4_000);
    await drained;
    expect(jobs.get(stays.job_id)).toMatchObject({ state: "canceled" });
    expect(jobs.get(hangs.job_id)).toMatchObject({ state: "failed", error: { code: "shutting_down" } });
  });

  it("does not wait where nothing runs", async () => {
    const jobs = new JobService(LIMITS);
    await jobs.drain(30_000);
  });
});
