import { z } from "zod";

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

const whole = (fallback: number, minimum: number, maximum: number) =>
  z.number().int().min(minimum).max(maximum).default(fallback);
/** A day: no deadline or wait is longer. */
const DAY = 86_400;
const seconds = (fallback: number, minimum = 1) => whole(fallback, minimum, DAY);
/** Parts of a second count too. */
const wait = (fallback: number, minimum: number) => z.number().min(minimum).max(DAY).default(fallback);
const folder = z.string().regex(/./, "must not be empty").nullable().default(null);

/** Everything but the hosts. Each key has a default, so that no file is needed to start. */
export const settingsSchema = z.strictObject({
  inventory: z
    .strictObject({
      /** How often each host is read again. */
      period_seconds: wait(60, 0.1),
    })
    .prefault({}),
  jobs: z
    .strictObject({
      /** How many jobs are kept, steps of deployments counted, and for how long after they ended. */
      retained: whole(500, 1, 100_000),
      retention_hours: whole(24, 1, 8_760),
      /** A job's log is cut here, with a visible mark. */
      log_bytes: whole(10_000_000, 10_000, 100_000_000),
      /** More jobs that have not ended are refused with `queue_full`. */
      queued_limit: whole(1_000, 1, 100_000),
      /** Operations that change something, at the same time on one host. */
      mutations_per_host: whole(1, 1, 16),
      copies_per_host: whole(1, 1, 16),
      /** After losing contact, how long the outcome may stay open. */
      unknown_minutes: whole(15, 1, 1_440),
      /** A read of the host settles such an outcome only if it began this long after contact was lost. */
      settle_seconds: wait(10, 0),
    })
    .prefault({}),
  /** How long one agent call may take on its host, its turn in the host's queue not counted. */
  deadlines: z
    .strictObject({
      vm_create: seconds(300),
      /** An image of 100 GB over a slow volume takes an hour. */
      disk_create: seconds(7_200),
      nic_create: seconds(180),
      /** Any call of the initialization agent but `status`. */
      initialization: seconds(300),
      /** One VM, or a guest's state. */
      read: seconds(60),
      inventory: seconds(300),
    })
    .prefault({}),
  initialization: z
    .strictObject({
      /** `hlvmm.meta.version`, for images that do not state their own. */
      meta_version: z
        .string()
        .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/, "must be a version such as 0.1.0")
        .default("0.1.0"),
      /** Power-on to the guest's public key. */
      key_wait_seconds: wait(300, 0.01),
      /** The guest's configuration to its report that it is done. */
      completion_wait_seconds: wait(1_800, 0.01),
      poll_seconds: wait(5, 0.01),
      /** Hyper-V needs a while to hand every KVP item to the guest. */
      propagation_seconds: wait(30, 0),
    })
    .prefault({}),
  /** Folders; null: those that come with AetherV. */
  paths: z.strictObject({ schemas: folder, agents: folder }).prefault({}),
  log: z.strictObject({ level: z.enum(LOG_LEVELS).default("info") }).prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;

const HOST_NAME = /^[0-9A-Za-z][0-9A-Za-z._-]{0,62}$/;
const text = z.string().regex(/./s, "must not be empty");
const PASSWORD_KEYS = ["password", "password_file", "password_env"] as const;

/** One entry of `hosts`, as it is written. */
const hostEntrySchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        HOST_NAME,
        "must be 1 to 63 letters, digits, `.`, `_` or `-`, beginning with a letter or a digit",
      ),
    address: z.string(),
    username: z.string().regex(/^.{1,256}$/, "must be 1 to 256 characters on one line"),
    password: text.optional(),
    password_file: text.optional(),
    password_env: text.optional(),
    ca_file: text.optional(),
  })
  .superRefine((host, context) => {
    const given = PASSWORD_KEYS.filter((key) => host[key] !== undefined);
    if (given.length === 1) return;
    const found = given.length === 0 ? "none is there" : `${given.join(" and ")} are there`;
    context.addIssue({
      code: "custom",
      path: [given[1] ?? "password"],
      message: `give exactly one of password, password_file and password_env: ${found}`,
    });
  });

export type HostEntry = z.output<typeof hostEntrySchema>;

export const fileSchema = settingsSchema.extend({ hosts: z.array(hostEntrySchema).max(1_000).default([]) });
