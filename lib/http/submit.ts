import type { ErrorCode } from "@/lib/domain/error-codes";
import { AethervError } from "@/lib/domain/errors";
import type { JsonObject } from "@/lib/domain/json";
import type { FieldProblem } from "@/lib/domain/problem";
import { readBody } from "./body";
import type { ApiCall, ApiRuntime } from "./call";
import { readQuery, submitQuery } from "./query";
import { accepted, json } from "./respond";

/** A job that can be checked, and started for somebody (which checks again). */
interface Startable {
  check(): void;
  start(actor: string): { job_id: string };
}

/** Refusals by a state that others change, and that inventory learns of later. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  "vm_not_off",
  "power_action_not_allowed",
  "vm_has_checkpoints",
  "vm_changed",
]);

/** What a request that starts a job does with its body. */
export interface Submission<Fields> {
  /** By the schema: defaults filled in, secrets wrapped; or what is wrong with which field. */
  validate(body: JsonObject): { ok: true; value: Fields } | { ok: false; problems: FieldProblem[] };
  /** The job that the fields ask for. */
  prepare(fields: Fields): Startable;
  /**
   * Reads anew what the checks go by. Where it is given, nothing is refused for a state that was true a while ago
   * and is no longer.
   */
  look?: () => Promise<unknown>;
}

/**
 * Starts a job: 202 with its id. With `?validate_only=true` every check runs and nothing is started;
 * an `Idempotency-Key` that was used already answers with the job it made, before anything is checked
 * again: by now the name it asked for is its own.
 */
export async function submit<Fields>(
  call: ApiCall<ApiRuntime>,
  submission: Submission<Fields>,
): Promise<Response> {
  const { validate_only } = readQuery(call, submitQuery);
  const body = await readBody(call.request);
  const prepare = () => {
    const result = submission.validate(body);
    if (result.ok) return submission.prepare(result.value);
    throw new AethervError("invalid_request", sentenceFor(result.problems), { fields: result.problems });
  };
  return lookingAgain(() => startOrCheck(call, validate_only, body, prepare), submission.look);
}

/** The same for a request whose query says all. */
export async function submitQueried<Query extends { validate_only: boolean }>(
  call: ApiCall<ApiRuntime>,
  query: Query,
  { prepare, look }: Pick<Submission<Query>, "prepare" | "look">,
): Promise<Response> {
  return lookingAgain(() => startOrCheck(call, query.validate_only, query, () => prepare(query)), look);
}

async function lookingAgain(answer: () => Response, look?: () => Promise<unknown>): Promise<Response> {
  try {
    return answer();
  } catch (thrown) {
    if (look === undefined || !(thrown instanceof AethervError) || !PASSING.has(thrown.code)) throw thrown;
    try {
      await look();
    } catch {
      // The host does not answer: what it said last stands.
      throw thrown;
    }
    return answer();
  }
}

function startOrCheck(
  call: ApiCall<ApiRuntime>,
  validateOnly: boolean,
  body: unknown,
  prepare: () => Startable,
): Response {
  if (validateOnly) {
    prepare().check();
    return json({ valid: true });
  }
  if (call.server.shuttingDown()) {
    throw new AethervError("shutting_down", "The server is shutting down and starts nothing new.");
  }
  const actor = call.actor?.name ?? "";
  const { method, headers } = call.request;
  const jobId = call.server.idempotency.once(
    headers.get("idempotency-key"),
    actor,
    { method, path: call.url.pathname, if_match: headers.get("if-match"), body },
    () => prepare().start(actor).job_id,
  );
  return accepted(jobId);
}

function sentenceFor([first, ...others]: readonly FieldProblem[]): string {
  if (first === undefined) return "The request is not valid.";
  return others.length === 0 ? first.message : `${first.message} (${others.length} more in \`errors\`.)`;
}
