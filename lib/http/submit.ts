import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { JsonObject } from "@/lib/domain/json";
import type { FieldProblem } from "@/lib/domain/problem";
import { readBody } from "./body";
import type { ApiCall, ApiRuntime } from "./call";
import { readQuery, submitQuery } from "./query";
import { accepted, json } from "./respond";

/** What a `POST` that starts a job does with its body. */
export interface Submission {
  /** By the schema: defaults filled in, secrets wrapped; or what is wrong with which field. */
  validate(body: JsonObject): { ok: true; value: FieldValues } | { ok: false; problems: FieldProblem[] };
  /** Throws what the inventory shows to be impossible. */
  check(fields: FieldValues): void;
  /** Checks again and starts the job. */
  start(fields: FieldValues): { job_id: string };
}

/**
 * Starts a job: 202 with its id. With `?validate_only=true` every check runs and nothing is started;
 * an `Idempotency-Key` that was used already answers with the job it made, before anything is checked
 * again: by now the name it asked for is its own.
 */
export async function submit(call: ApiCall<ApiRuntime>, submission: Submission): Promise<Response> {
  const { validate_only } = readQuery(call, submitQuery);
  const body = await readBody(call.request);
  const validated = () => {
    const result = submission.validate(body);
    if (result.ok) return result.value;
    throw new AethervError("invalid_request", sentenceFor(result.problems), { fields: result.problems });
  };
  if (validate_only) {
    submission.check(validated());
    return json({ valid: true });
  }
  if (call.server.shuttingDown()) {
    throw new AethervError("shutting_down", "The server is shutting down and starts nothing new.");
  }
  const jobId = call.server.idempotency.once(
    call.request.headers.get("idempotency-key"),
    call.actor?.name ?? "",
    { path: call.url.pathname, body },
    () => submission.start(validated()).job_id,
  );
  return accepted(jobId);
}

function sentenceFor([first, ...others]: readonly FieldProblem[]): string {
  if (first === undefined) return "The request is not valid.";
  return others.length === 0 ? first.message : `${first.message} (${others.length} more in \`errors\`.)`;
}
