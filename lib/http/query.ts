import { z } from "zod";
import { AethervError } from "@/lib/domain/errors";
import { VM_STATES } from "@/lib/domain/inventory";
import { JOB_KINDS, JOB_STATES } from "@/lib/domain/job";
import { JOB_SORT_KEYS, type JobSort } from "@/lib/jobs/job-filter";
import type { ApiCall } from "./call";
import { VM_SORT_KEYS } from "./vm-list";

const whole = (fallback: number, minimum: number, maximum: number) => {
  const wording = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, wording)
    .transform(Number)
    .pipe(z.number().min(minimum, wording).max(maximum, wording))
    .default(fallback);
};

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(", ")}`).optional();

/** Several values with commas between them. */
const someOf = <const Values extends readonly string[]>(values: Values) =>
  z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(values, `must be one of ${values.join(", ")}, or several with commas between`)))
    .optional();

const moment = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-01-31T12:00:00Z" })
  .transform((text) => Date.parse(text))
  .optional();

/** One of the keys, or one with `-` in front for the other way round. */
const sortedBy = <const Keys extends readonly string[]>(keys: Keys) =>
  z.enum(
    keys.flatMap((key: Keys[number]): (Keys[number] | `-${Keys[number]}`)[] => [key, `-${key}`]),
    `must be one of ${keys.join(", ")}, with - in front for the other way round`,
  );

const JOB_SORTS: readonly JobSort[] = [
  ...JOB_SORT_KEYS.flatMap((key): JobSort[] => [key, `-${key}`]),
  "activity",
];

const page = { limit: whole(100, 1, 500), offset: whole(0, 0, 1_000_000) };
const text = z.string().max(256, "must have at most 256 characters").optional();
const flag = z
  .enum(["true", "false"], "must be true or false")
  .default("false")
  .transform((value) => value === "true");

export const noQuery = z.strictObject({});
export const submitQuery = z.strictObject({
  /** Checks everything and starts nothing. */
  validate_only: flag,
});
export const vmDeletionQuery = z.strictObject({
  validate_only: flag,
  /** Its virtual hard disks, and its copy of the provisioning media, go too. */
  delete_files: flag,
  /** It is turned off first, as if the power failed. */
  turn_off: flag,
});
export const diskDeletionQuery = z.strictObject({ validate_only: flag, delete_file: flag });
export const refreshQuery = z.strictObject({
  /** Asks the host now, instead of answering what it said last. */
  refresh: flag,
});
export const nameCheckQuery = z.strictObject({
  name: z.string().min(1, "must not be empty").max(256, "must have at most 256 characters"),
});
export const inventoryQuery = z.strictObject({
  /** A revision that an earlier answer gave. */
  since: text,
});
export const vmListQuery = z.strictObject({
  host: text,
  cluster: text,
  state: oneOf(VM_STATES),
  q: text,
  sort: sortedBy(VM_SORT_KEYS).optional(),
  ...page,
});
export const jobListQuery = z
  .strictObject({
    state: someOf(JOB_STATES),
    host: text,
    kind: oneOf(JOB_KINDS),
    vm_id: text,
    vm: text,
    actor: text,
    created_from: moment,
    created_before: moment,
    /** Leaves out the steps of deployments. */
    top_level: flag,
    sort: z
      .enum(
        JOB_SORTS,
        `must be one of ${JOB_SORT_KEYS.join(", ")}, with - in front for the other way round, or activity`,
      )
      .optional(),
    ...page,
  })
  .transform(({ state, created_from, created_before, ...rest }) => ({
    ...rest,
    states: state,
    createdFrom: created_from,
    createdBefore: created_before,
  }));
export const jobLogQuery = z.strictObject({ after: whole(0, 0, Number.MAX_SAFE_INTEGER) });

/**
 * The query's parameters as the schema reads them.
 * @throws AethervError `invalid_request` naming every parameter that is unknown, wrong or there twice
 */
export function readQuery<Schema extends z.ZodType>(call: ApiCall, schema: Schema): z.output<Schema> {
  const { searchParams } = call.url;
  const names = [...searchParams.keys()];
  const problems = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `${name} must be given once`);
  const parsed = schema.safeParse(Object.fromEntries(searchParams));
  if (parsed.success && problems.length === 0) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") {
      problems.push(...issue.keys.map((key) => `there is no parameter ${JSON.stringify(key)}`));
    } else {
      problems.push(`${String(issue.path[0])} ${issue.message}`);
    }
  }
  throw new AethervError("invalid_request", `The query is not valid: ${problems.join("; ")}.`, {
    next: "Correct the query parameters and send it again.",
  });
}
