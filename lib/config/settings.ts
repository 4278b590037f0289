import { z } from "zod";
import { hostEntrySchema } from "./host-schema";

/**
 * What the page about the settings says of each key, beside what the schema itself knows (default, range):
 * `npm run docs` writes docs/configuration.md from both.
 */
interface SettingText {
  /** Markdown, in sentences. */
  description: string;
  unit?: "seconds" | "minutes" | "hours" | "bytes" | "jobs" | "calls";
  /** A value that is allowed and is not the default. */
  example: unknown;
}

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

const whole = (fallback: number, minimum: number, maximum: number, text: SettingText) =>
  z
    .number()
    .int()
    .min(minimum)
    .max(maximum)
    .default(fallback)
    .meta({ ...text });
/** A day: no deadline or wait is longer. */
const DAY = 86_400;
const seconds = (fallback: number, text: SettingText) =>
  whole(fallback, 1, DAY, { unit: "seconds", ...text });
/** Parts of a second count too. */
const wait = (fallback: number, minimum: number, text: SettingText) =>
  z
    .number()
    .min(minimum)
    .max(DAY)
    .default(fallback)
    .meta({ unit: "seconds", ...text });
const folder = (text: SettingText) =>
  z
    .string()
    .regex(/./, "must not be empty")
    .nullable()
    .default(null)
    .meta({ ...text });

/** Everything but the hosts. Each key has a default, so that no file is needed to start. */
export const settingsSchema = z.strictObject({
  inventory: z
    .strictObject({
      period_seconds: wait(60, 0.1, {
        description: "How often each host is read again; it is read after every job, too.",
        example: 30,
      }),
      disk_reread_seconds: wait(600, 0, {
        description:
          "For how long a virtual disk's identifier and size are taken as known: so seldom is its file opened again. A job on its VM ends that at once; 0 opens every file in every read.",
        example: 300,
      }),
    })
    .prefault({})
    .meta({ description: "Reading the hosts." }),
  jobs: z
    .strictObject({
      retained: whole(500, 1, 100_000, {
        description:
          "Jobs kept at most, each deployment with its steps; a job that has not ended always stays.",
        unit: "jobs",
        example: 2_000,
      }),
      retention_hours: whole(24, 1, 8_760, {
        description: "How long an ended job is kept.",
        unit: "hours",
        example: 72,
      }),
      log_bytes: whole(10_000_000, 10_000, 100_000_000, {
        description: "A job's log is cut here, with a visible mark.",
        unit: "bytes",
        example: 2_000_000,
      }),
      queued_limit: whole(1_000, 1, 100_000, {
        description: "Jobs that have not ended, steps not counted; more are refused with `queue_full`.",
        unit: "jobs",
        example: 200,
      }),
      mutations_per_host: whole(1, 1, 16, {
        description: "Operations that change something, at the same time on one host.",
        unit: "calls",
        example: 2,
      }),
      copies_per_host: whole(1, 1, 16, {
        description: "Image copies at the same time on one host, beside the other operations.",
        unit: "calls",
        example: 2,
      }),
      unknown_minutes: whole(15, 1, 1_440, {
        description:
          "After contact was lost, how long the outcome may stay open before the job fails with `outcome_unknown`.",
        unit: "minutes",
        example: 30,
      }),
      settle_seconds: wait(10, 0, {
        description:
          "A read of the host settles such an outcome only if it began this long after contact was lost.",
        example: 20,
      }),
    })
    .prefault({})
    .meta({ description: "Jobs, their logs, and how many work at the same time." }),
  deadlines: z
    .strictObject({
      vm_create: seconds(300, { description: "Creating a VM.", example: 600 }),
      vm_update: seconds(300, { description: "Changing a VM.", example: 600 }),
      vm_delete: seconds(600, {
        description: "Deleting a VM, the reading of what other VMs use included.",
        example: 1_200,
      }),
      vm_power: seconds(600, {
        description: "A power action. A guest that is asked to shut down is waited for up to 300 s.",
        example: 900,
      }),
      vm_cluster: seconds(300, {
        description: "Adding a VM to its host's cluster, or removing it there.",
        example: 600,
      }),
      disk_create: seconds(7_200, {
        description:
          "Creating a disk, its image's copy included: an image of 100 GB over a slow volume takes an hour.",
        example: 14_400,
      }),
      disk_update: seconds(3_600, {
        description: "Growing a disk. What a fixed one gains is written in full.",
        example: 7_200,
      }),
      disk_delete: seconds(600, {
        description: "Deleting a disk, the reading of what other VMs use included.",
        example: 1_200,
      }),
      nic_create: seconds(180, { description: "Creating a network adapter.", example: 300 }),
      nic_update: seconds(180, { description: "Changing a network adapter.", example: 300 }),
      nic_delete: seconds(180, { description: "Deleting a network adapter.", example: 300 }),
      initialization: seconds(300, {
        description: "Any call of the initialization agent but reading the guest's state.",
        example: 600,
      }),
      read: seconds(60, { description: "Reading one VM, or a guest's state.", example: 120 }),
      inventory: seconds(300, {
        description: "Reading a whole host, or which files its VMs use.",
        example: 600,
      }),
      host_check: seconds(120, { description: "Testing the connection to a host.", example: 180 }),
    })
    .prefault({})
    .meta({
      description:
        "How long one call on a host may take, its turn in the host's queue not counted. Past its deadline a call is ended; if it changes something, its job is `unknown` until the host was read.",
    }),
  winrm: z
    .strictObject({
      warm_processes: z.boolean().default(false).meta({
        description:
          "Whether each host has two PowerShell processes that serve one call after the other: most calls then spare starting PowerShell and loading Hyper-V's module. `false` starts a process for each call.",
        example: true,
      }),
    })
    .prefault({})
    .meta({ description: "How calls are made on the hosts." }),
  initialization: z
    .strictObject({
      meta_version: z
        .string()
        .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/, "must be a version such as 0.1.0")
        .default("0.1.0")
        .meta({
          description:
            "`hlvmm.meta.version`, where neither the image states it nor, for a VM made of its parts, all images of its OS family on the host the same: must equal the version of the provisioning agent in the image. 1 to 32 letters, digits, `.`, `_` and `-`.",
          example: "0.2.0",
        }),
      key_wait_seconds: wait(300, 0.01, {
        description: "From power-on to the guest's public key.",
        example: 600,
      }),
      completion_wait_seconds: wait(1_800, 0.01, {
        description: "From handing over the configuration to the guest's report that it is done.",
        example: 3_600,
      }),
      poll_seconds: wait(5, 0.01, {
        description: "How often the guest's state is read meanwhile.",
        example: 10,
      }),
      propagation_seconds: wait(30, 0, {
        description: "What Hyper-V gets to hand every item to the guest. Windows guests do not look twice.",
        example: 60,
      }),
    })
    .prefault({})
    .meta({ description: "The exchange with a guest that starts for the first time." }),
  paths: z
    .strictObject({
      schemas: folder({
        description: "A folder to use in place of `schemas/`, for forms with other fields.",
        example: "my-schemas",
      }),
      agents: folder({
        description: "A folder to use in place of `agents/`.",
        example: "my-agents",
      }),
    })
    .prefault({})
    .meta({ description: "Folders that come with AetherV and can be replaced by others." }),
  log: z
    .strictObject({
      level: z.enum(LOG_LEVELS).default("info").meta({
        description: "The least that is logged. `debug` adds a line per read of the API.",
        example: "debug",
      }),
    })
    .prefault({})
    .meta({ description: "The server's log on standard output." }),
});

export type Settings = z.output<typeof settingsSchema>;

export const fileSchema = settingsSchema.extend({ hosts: z.array(hostEntrySchema).max(1_000).default([]) });
