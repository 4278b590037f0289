import { describe, expect, it } from "vitest";
import type { JobView } from "@/lib/domain/job";
import { logFileName, logText } from "./log-text";

const JOB: JobView = {
  job_id: "0123abcd-0123456789abcdef",
  kind: "managed_deployment",
  state: "failed",
  host: "hv01",
  vm_name: "web-01",
  vm_id: null,
  actor: "Ada",
  parent_job_id: null,
  request: {},
  created_at: "2026-01-02T03:04:05.000Z",
  started_at: "2026-01-02T03:04:06.000Z",
  ended_at: "2026-01-02T03:05:00.000Z",
  outputs: {},
  error: { code: "storage_full", message: "No room.", next: "", step: null, exists: [], detail: null },
  steps: [],
  log_lines: 2,
  cancel_requested: false,
};

describe("a log as text", () => {
  it("says what job it is, and gives every line its time in UTC", () => {
    const lines = [
      { n: 1, time: "2026-01-02T03:04:06.123Z", level: "info" as const, step: "vm", text: "Creating." },
      {
        n: 2,
        time: "2026-01-02T03:05:00.000Z",
        level: "error" as const,
        step: null,
        text: "No room.\nReally.",
      },
    ];
    expect(logText(JOB, lines, false)).toBe(`Job 0123abcd-0123456789abcdef
New VM: web-01
State: failed (storage_full)
Host: hv01
Asked by: Ada
Created: 2026-01-02 03:04:05 UTC
Started: 2026-01-02 03:04:06 UTC
Ended: 2026-01-02 03:05:00 UTC

2026-01-02T03:04:06.123Z  info      vm              Creating.
2026-01-02T03:05:00.000Z  error                     No room.
                                                    Really.
`);
  });

  it("says so where it is not the whole", () => {
    const text = logText({ ...JOB, state: "running", error: null, ended_at: null }, [], true);
    expect(text).toContain("some lines are missing");
    expect(text).toContain("The job has not ended: more may follow.");
  });

  it("has a file name that every file system takes", () => {
    expect(logFileName({ ...JOB, vm_name: "a/b: c\\d" })).toBe("a-b-c-d-0123abcd-0123456789abcdef.txt");
    expect(logFileName({ ...JOB, vm_name: null })).toBe("managed_deployment-0123abcd-0123456789abcdef.txt");
  });
});
