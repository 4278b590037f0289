import { type ErrorSchema, ErrorSchemaBuilder } from "@rjsf/utils";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "@/lib/client/api";
import { describeFailure, type Failure } from "@/lib/client/failure";
import { createManagedDeployment } from "@/lib/client/resources";
import { SubmitIntent } from "@/lib/client/submit-intent";
import { tokensOf } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import type { FormData, FormEvent } from "./form-event";
import { shownFields, shownValues } from "./shown-fields";

const NO_PROBLEMS: readonly FieldProblem[] = [];

/**
 * Sends the form, once for however many clicks. What the server refuses comes back as errors of its
 * fields, which go when the field is changed and never stand in the way of the next try.
 */
export function useSubmit(onAccepted: (jobId: string) => void) {
  const [pending, setPending] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const underWay = useRef(false);
  const intent = useRef(new SubmitIntent());
  const failureRef = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (failure) failureRef.current?.focus();
  }, [failure]);

  function clear() {
    setFailure(null);
    setRefusal(null);
    setProblems(NO_PROBLEMS);
  }

  /** The form itself found something wrong. */
  function refuse() {
    clear();
    setAttempt((count) => count + 1);
  }

  async function send(event: FormEvent) {
    if (underWay.current) return;
    underWay.current = true;
    setPending(true);
    clear();
    const values = event.formData ?? {};
    const body = shownValues(values, shownFields(event, values));
    try {
      const { job_id } = await createManagedDeployment(body, intent.current.keyFor(body));
      intent.current.settled();
      onAccepted(job_id);
    } catch (error) {
      if (error instanceof ApiProblem) intent.current.settled();
      underWay.current = false;
      setPending(false);
      setAttempt((count) => count + 1);
      const described = describeFailure(error);
      if (described.fields.length > 0) {
        setRefusal(described);
        setProblems(described.fields);
      } else {
        setFailure(error);
      }
    }
  }

  /** A field was changed: what the server said of its old value is over. */
  function forget(name: string) {
    setProblems((before) =>
      before.some(({ pointer }) => fieldAt(pointer) === name)
        ? before.filter(({ pointer }) => fieldAt(pointer) !== name)
        : before,
    );
  }

  return {
    pending,
    attempt,
    failure,
    failureRef,
    refusal,
    fieldErrors: errorsOf(problems),
    send,
    refuse,
    forget,
  };
}

function errorsOf(problems: readonly FieldProblem[]): ErrorSchema<FormData> {
  const builder = new ErrorSchemaBuilder<FormData>();
  for (const { pointer, message } of problems) builder.addErrors(message, fieldAt(pointer) ?? []);
  return builder.ErrorSchema;
}

/** The field of the flat request that a problem is about; null: the request as a whole. */
function fieldAt(pointer: string): string | null {
  return tokensOf(pointer)[0] || null;
}
