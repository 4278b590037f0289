import { z } from "zod";
import { AethervError } from "@/lib/domain/errors";
import { VM_STATES } from "@/lib/domain/inventory";
import { JOB_KINDS, JOB_STATES } from "@/lib/domain/job";
import type { ApiCall } from "./call";

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
export const vmListQuery = z.strictObject({ host: text, state: oneOf(VM_STATES), q: text, ...page });
export const jobListQuery = z.strictObject({
  state: oneOf(JOB_STATES),
  host: text,
  kind: oneOf(JOB_KINDS),
  vm_id: text,
  /** Leaves out the steps of deployments. */
  top_level: flag,
  ...page,
});
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
      problems.push(`${issue.path.join(".")} ${issue.message}`);
    }
  }
  throw new AethervError("invalid_request", `The query is not valid: ${problems.join("; ")}.`, {
    next: "Correct the query parameters and send it again.",
  });
}
