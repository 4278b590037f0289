import { describe, expect, it } from "vitest";
import { ApiProblem, ConnectionFailed } from "@/lib/client/api";
import type { JobView } from "@/lib/domain/job";
import { deferred } from "@/tests/support/deferred";
import { BulkRun } from "./bulk-run";

const problem = (code: string) =>
  new ApiProblem({ code, title: code, detail: `${code}.`, next: "", status: 409 } as ApiProblem["problem"]);

const order = (count: number, send: (vmId: string, key: string) => Promise<{ job_id: string }>) =>
  new BulkRun({
    title: "Start them",
    kind: "vm.power",
    vms: Array.from({ length: count }, (_, n) => ({ vm_id: `${n}`, vm_name: `vm${n}` })),
    send,
  });

const kinds = (run: BulkRun) => run.snapshot().items.map(({ state }) => state.kind);
const job = (job_id: string, state: JobView["state"], log_lines = 0) =>
  ({ job_id, state, log_lines }) as JobView;

describe("a bulk run", () => {
  it("has a few requests on their way at once, and goes on as they are answered", async () => {
    const answers = Array.from({ length: 10 }, () => deferred<{ job_id: string }>());
    const asked: string[] = [];
    const run = order(10, (vmId) => {
      asked.push(vmId);
      return answers[Number(vmId)]?.promise ?? Promise.reject(new Error(vmId));
    });
    const done = run.send();
    expect(asked).toEqual(["0", "1", "2", "3"]);
    answers[2]?.resolve({ job_id: "job-2" });
    await answers[2]?.promise;
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual(["0", "1", "2", "3", "4"]);
    expect(kinds(run).filter((kind) => kind === "sending")).toHaveLength(4);
    for (const [n, answer] of answers.entries()) answer.resolve({ job_id: `job-${n}` });
    await done;
    expect(new Set(kinds(run))).toEqual(new Set(["started"]));
    expect(run.snapshot().sending).toBe(false);
  });

  it("goes on after a refusal of one, and says which", async () => {
    const run = order(6, async (vmId) => {
      if (vmId === "1") throw problem("power_action_not_allowed");
      return { job_id: vmId };
    });
    await run.send();
    expect(kinds(run)).toEqual(["started", "refused", "started", "started", "started", "started"]);
    await run.retry();
    expect(kinds(run)[1], "it would be refused again").toBe("refused");
  });

  it("sends no more once the queue is full, and the remaining again when asked", async () => {
    let room = 2;
    const asked: string[] = [];
    const run = order(20, async (vmId) => {
      asked.push(vmId);
      if (room === 0) throw problem("queue_full");
      room -= 1;
      return { job_id: vmId };
    });
    await run.send();
    expect(asked.length).toBeLessThan(10);
    expect(kinds(run).filter((kind) => kind === "started")).toHaveLength(2);
    expect(kinds(run).filter((kind) => kind === "refused")).toHaveLength(18);
    room = 100;
    await run.retry();
    expect(new Set(kinds(run))).toEqual(new Set(["started"]));
  });

  it("repeats with the same key a request that was not answered, and with another one that was", async () => {
    const keys: string[] = [];
    const failures: unknown[] = [new ConnectionFailed("cut"), problem("queue_full")];
    const run = order(1, async (_, key) => {
      keys.push(key);
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return { job_id: "1" };
    });
    await run.send();
    await run.retry();
    await run.retry();
    expect(keys).toHaveLength(3);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it("takes in how its jobs are, and which the server has no longer", async () => {
    const run = order(3, async (vmId) => ({ job_id: vmId }));
    await run.send();
    run.note([job("0", "running"), job("9", "failed")], new Set());
    const before = run.snapshot();
    run.note([job("0", "running")], new Set(["0"]));
    expect(run.snapshot(), "nothing is new").toBe(before);
    run.note([job("0", "succeeded", 3), job("1", "failed", 3)], new Set(run.underWay()));
    expect(
      run.snapshot().items.map(({ state }) => state.kind === "started" && [state.job?.state, state.lost]),
    ).toEqual([
      ["succeeded", false],
      ["failed", false],
      [undefined, true],
    ]);
  });
});
