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
  /** The job that the fields ask for: it can be checked, and started for somebody (which checks again). */
  prepare(fields: FieldValues): { check(): void; start(actor: string): { job_id: string } };
}

/**
 * Starts a job: 202 with its id. With `?validate_only=true` every check runs and nothing is started;
 * an `Idempotency-Key` that was used already answers with the job it made, before anything is checked
 * again: by now the name it asked for is its own.
 */
export async function submit(call: ApiCall<ApiRuntime>, submission: Submission): Promise<Response> {
  const { validate_only } = readQuery(call, submitQuery);
  const body = await readBody(call.request);
  const prepared = () => {
    const result = submission.validate(body);
    if (result.ok) return submission.prepare(result.value);
    throw new AethervError("invalid_request", sentenceFor(result.problems), { fields: result.problems });
  };
  if (validate_only) {
    prepared().check();
    return json({ valid: true });
  }
  if (call.server.shuttingDown()) {
    throw new AethervError("shutting_down", "The server is shutting down and starts nothing new.");
  }
  const actor = call.actor?.name ?? "";
  const jobId = call.server.idempotency.once(
    call.request.headers.get("idempotency-key"),
    actor,
    { path: call.url.pathname, body },
    () => prepared().start(actor).job_id,
  );
  return accepted(jobId);
}

function sentenceFor([first, ...others]: readonly FieldProblem[]): string {
  if (first === undefined) return "The request is not valid.";
  return others.length === 0 ? first.message : `${first.message} (${others.length} more in \`errors\`.)`;
}
