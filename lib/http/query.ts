import { z } from "zod";
import { AethervError } from "@/lib/domain/errors";
import { VM_STATES } from "@/lib/domain/inventory";
import { JOB_KINDS, JOB_SORT_KEYS, JOB_STATES } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import type { JobSort } from "@/lib/jobs/job-filter";
import type { ApiCall } from "./call";
import { VM_SORT_KEYS } from "./vm-list";

/**
 * `meta.parameter` of a schema is what the API's document says of a parameter whose text is read as something
 * else; the document says the others as their schema does, and of each what `describe` says (lib/openapi).
 */
const documented = (parameter: JsonObject) => ({ parameter });

const whole = (fallback: number, minimum: number, maximum: number) => {
  const wording = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, wording)
    .transform(Number)
    .pipe(z.number().min(minimum, wording).max(maximum, wording))
    .default(fallback)
    .meta(documented({ type: "integer", minimum, maximum, default: fallback }));
};

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `must be one of ${values.join(", ")}`).optional();

/** Several values with commas between them. */
const someOf = <const Values extends readonly string[]>(values: Values) =>
  z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(values, `must be one of ${values.join(", ")}, or several with commas between`)))
    .optional()
    .meta(documented({ type: "array", items: { type: "string", enum: [...values] } }));

const moment = z.iso
  .datetime({ offset: true, error: "must be a time such as 2026-01-31T12:00:00Z" })
  .transform((text) => Date.parse(text))
  .optional()
  .meta(documented({ type: "string", format: "date-time" }));

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

const page = {
  limit: whole(100, 1, 500).describe("How many to give at most."),
  offset: whole(0, 0, 1_000_000).describe("How many to leave out at the beginning."),
};
const text = z.string().max(256, "must have at most 256 characters").optional();
const flag = z
  .enum(["true", "false"], "must be true or false")
  .default("false")
  .transform((value) => value === "true")
  .meta(documented({ type: "boolean", default: false }));

const validate_only = flag.describe("Checks everything and starts nothing: 200 instead of 202.");

export const noQuery = z.strictObject({});
export const submitQuery = z.strictObject({ validate_only });
export const vmDeletionQuery = z.strictObject({
  validate_only,
  delete_files: flag.describe("Its virtual hard disks, and its copy of the provisioning media, go too."),
  turn_off: flag.describe("It is turned off first, as if the power failed; otherwise it must be off."),
});
export const diskDeletionQuery = z.strictObject({
  validate_only,
  delete_file: flag.describe("The file goes too; otherwise the disk is only detached."),
});
export const refreshQuery = z.strictObject({
  refresh: flag.describe("Asks the host now, instead of answering what it said last."),
});
export const nameCheckQuery = z.strictObject({
  name: z
    .string()
    .min(1, "must not be empty")
    .max(256, "must have at most 256 characters")
    .describe("The name that a VM is to get."),
});
export const inventoryQuery = z.strictObject({
  since: text.describe("The `revision` of an earlier answer: only what has changed since then is given."),
});
export const vmListQuery = z.strictObject({
  host: text.describe("VMs on this host, by its configured name."),
  cluster: text.describe("VMs on the hosts of this failover cluster."),
  state: oneOf(VM_STATES).describe("VMs in this state."),
  q: text.describe("Part of the name or of an address, whatever its case; or the whole `vm_id`."),
  sort: sortedBy(VM_SORT_KEYS)
    .optional()
    .describe("What to sort by, with `-` in front for the other way round; without it, by name."),
  ...page,
});
export const jobListQuery = z
  .strictObject({
    state: someOf(JOB_STATES).describe("Jobs in one of these states, with commas between."),
    host: text.describe("Jobs on this host, by its configured name."),
    kind: oneOf(JOB_KINDS).describe("Jobs of this kind."),
    vm_id: text.describe("Jobs on this VM."),
    vm: text.describe("Part of the VM's name, whatever its case; or its whole id."),
    actor: text.describe("Part of the name of who asked for the job, whatever its case."),
    created_from: moment.describe("Jobs made at this time or later."),
    created_before: moment.describe("Jobs made before this time."),
    top_level: flag.describe("Leaves out the steps of deployments."),
    sort: z
      .enum(
        JOB_SORTS,
        `must be one of ${JOB_SORT_KEYS.join(", ")}, with - in front for the other way round, or activity`,
      )
      .optional()
      .describe(
        "What to sort by, with `-` in front for the other way round. `activity`: what has not ended first. Without it: the newest first.",
      ),
    ...page,
  })
  .transform(({ state, created_from, created_before, ...rest }) => ({
    ...rest,
    states: state,
    createdFrom: created_from,
    createdBefore: created_before,
  }));
export const jobLogQuery = z.strictObject({
  after: whole(0, 0, Number.MAX_SAFE_INTEGER).describe("Lines with a greater `n` are given."),
});

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
