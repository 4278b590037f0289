import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobKind } from "@/lib/domain/job";
import { LIMITS } from "@/tests/support/provisioning";
import type { JobFilter, JobSort } from "./job-filter";
import { JobService } from "./job-service";

const BEGAN = Date.parse("2026-01-02T03:00:00Z");
const MINUTE = 60_000;

let jobs: JobService;
let release: () => void;

async function start(name: string, host: string, kind: JobKind, actor: string, ends: boolean): Promise<void> {
  jobs.start({ kind, host, vm_name: name, vm_id: `id-of-${name}`, actor, request: {} }, async (job) => {
    job.call(null).started();
    if (!ends) {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    return {};
  });
  await vi.advanceTimersByTimeAsync(MINUTE);
}

/** Web-2 runs, the others have ended; each began a minute after the one before. */
beforeEach(async () => {
  vi.useFakeTimers({ now: BEGAN });
  jobs = new JobService(LIMITS);
  await start("web-10", "hv02", "vm.create", "Ada", true);
  await start("Web-2", "hv01", "disk.create", "grace", false);
  await start("db-1", "hv01", "vm.create", "ada lovelace", true);
});
afterEach(() => {
  release();
  vi.useRealTimers();
});

function names(filter: JobFilter & { sort?: JobSort }): (string | null)[] {
  return jobs.list({ ...filter, limit: 10, offset: 0 }).jobs.map(({ vm_name }) => vm_name);
}

describe("the list of jobs", () => {
  it.each<[string, JobFilter, string[]]>([
    ["any of several states", { states: ["running", "queued"] }, ["Web-2"]],
    ["a part of the VM's name", { vm: "WEB" }, ["Web-2", "web-10"]],
    ["a VM's whole id", { vm: "ID-of-db-1" }, ["db-1"]],
    ["not a part of an id", { vm: "id-of" }, []],
    ["a part of who asked", { actor: "ada" }, ["db-1", "web-10"]],
    ["a time from which", { createdFrom: BEGAN + MINUTE }, ["db-1", "Web-2"]],
    ["a time before which", { createdBefore: BEGAN + MINUTE }, ["web-10"]],
    ["several conditions", { host: "hv01", kind: "vm.create", vm: "db" }, ["db-1"]],
  ])("filters by %s", (_, filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it.each<[JobSort, string[]]>([
    ["-created", ["db-1", "Web-2", "web-10"]],
    ["created", ["web-10", "Web-2", "db-1"]],
    ["vm", ["db-1", "Web-2", "web-10"]],
    ["-vm", ["web-10", "Web-2", "db-1"]],
    ["state", ["Web-2", "db-1", "web-10"]],
    ["host", ["db-1", "Web-2", "web-10"]],
    ["kind", ["Web-2", "db-1", "web-10"]],
    ["-actor", ["Web-2", "db-1", "web-10"]],
    ["-duration", ["Web-2", "db-1", "web-10"]],
    ["activity", ["Web-2", "db-1", "web-10"]],
  ])("sorts by %s, equal ones newest first", (sort, expected) => {
    expect(names({ sort })).toEqual(expected);
  });

  it("counts what matches and what of it has not ended, whatever the page", () => {
    expect(jobs.list({ limit: 1, offset: 2 })).toMatchObject({ total: 3, unfinished: 1 });
    expect(jobs.list({ states: ["succeeded"], limit: 1, offset: 0 })).toMatchObject({
      total: 2,
      unfinished: 0,
    });
  });
});
