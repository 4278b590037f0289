import { z } from "zod";
import { CHECK_STEP_STATES, CHECK_STEPS, type CheckStep } from "@/lib/domain/host-check";
import {
  type CreatedResource,
  JOB_KINDS,
  JOB_STATES,
  type JobError,
  type JobList,
  type JobLogPage,
  type JobStep,
  type JobView,
  type LogLine,
} from "@/lib/domain/job";
import type { JsonValue } from "@/lib/domain/json";
import { problemCode } from "./problem";
import { count, hostName, moment, vmId } from "./values";
import { viewOf } from "./view-of";

/** Whatever JSON holds: the document gives it no schema of its own, and does not need to. */
const anything = z.custom<JsonValue>();

export const jobState = z
  .enum(JOB_STATES)
  .describe(
    "`succeeded`, `failed` and `canceled` are ends. `unknown`: contact was lost after an operation had been sent; the next read of the host says how it went.",
  );
export const jobKind = z.enum(JOB_KINDS);

export const created = viewOf<CreatedResource>()(
  z.object({
    kind: z.enum(["vm", "disk", "nic"]),
    id: z.string(),
    name: z.string(),
    host: hostName,
    path: z.string().exactOptional().describe("The VHDX file, of a disk."),
  }),
);

const jobError = viewOf<JobError>()(
  z.object({
    code: z.string().describe("A code of `ProblemCode`."),
    message: z.string().describe("What happened."),
    next: z.string().describe("What to do next."),
    step: z.string().nullable().describe("The step that failed, of a managed deployment."),
    exists: z.array(created).describe("What was made before the failure, and is there all the same."),
    detail: z.string().nullable().describe("The host's own words, where there are any."),
  }),
);

export const checkStep = viewOf<CheckStep>()(
  z
    .object({
      name: z.enum(CHECK_STEPS),
      state: z.enum(CHECK_STEP_STATES),
      duration_ms: count.nullable().describe("null: it has not ended, or was tried together with others."),
      message: z.string().nullable().describe("What was seen, in a sentence."),
      facts: z.array(z.object({ name: z.string(), value: z.string() })).readonly(),
      code: problemCode.nullable().describe("Of a step that failed."),
      next: z.string().nullable().describe("What to do about it."),
      commands: z
        .array(z.string())
        .readonly()
        .describe("For an elevated Windows PowerShell 5.1 on the host."),
      section: z.string().nullable().describe("Anchor of the section of docs/host-setup.md that says more."),
    })
    .describe(
      "One step of the test of a connection: `outputs.steps` of a job `host.check` holds them in order.",
    ),
);

const jobStep = viewOf<JobStep>()(
  z.object({
    name: z.string(),
    job_id: z.string().nullable(),
    state: z.enum(["pending", ...JOB_STATES]),
    started_at: moment.nullable(),
    ended_at: moment.nullable(),
  }),
);

export const jobView = viewOf<JobView>()(
  z
    .object({
      job_id: z.string(),
      kind: jobKind,
      state: jobState,
      host: hostName,
      vm_name: z.string().nullable(),
      vm_id: vmId.nullable(),
      actor: z.string().describe("Who asked."),
      parent_job_id: z.string().nullable().describe("The managed deployment whose step this is."),
      request: z
        .record(z.string(), anything)
        .describe("The request as it came, secrets replaced by `[secret]`."),
      created_at: moment,
      started_at: moment.nullable(),
      ended_at: moment.nullable(),
      outputs: z.record(z.string(), anything).describe("What it made: `vm_id`, `disk_id`, `nic_id` …"),
      error: jobError.nullable(),
      steps: z.array(jobStep).describe("Of a managed deployment, in order; otherwise empty."),
      log_lines: count,
      cancel_requested: z.boolean(),
    })
    .describe("A job: one mutation, on its way or ended."),
);

export const jobList = viewOf<JobList>()(
  z.object({
    jobs: z.array(jobView),
    total: count.describe("What matches, before paging."),
    unfinished: count.describe("How many of those have not ended."),
  }),
);

const logLine = viewOf<LogLine>()(
  z.object({
    n: count.describe("1, 2, 3 … within the job."),
    time: moment,
    level: z.enum(["verbose", "info", "progress", "warning", "error"]),
    step: z.string().nullable().describe("The deployment's step that said it; null: the job itself."),
    text: z.string(),
  }),
);

export const jobLogPage = viewOf<JobLogPage>()(
  z.object({
    job_id: z.string(),
    state: jobState,
    lines: z
      .array(logLine)
      .describe("The first of the lines after the one asked for, half a megabyte at most."),
    last: count.describe("The last `n` there is: ask again until it is held."),
    truncated: z.boolean().describe("The log was cut at its limit."),
  }),
);

export const accepted = z
  .object({ job_id: z.string().describe("GET /jobs/{job_id} says how it goes.") })
  .describe("The job that does it was started.");
export const valid = z
  .object({ valid: z.literal(true) })
  .describe("With `validate_only`: every check was passed, and nothing was started.");
