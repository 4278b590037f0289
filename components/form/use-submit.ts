import { type ErrorSchema, ErrorSchemaBuilder } from "@rjsf/utils";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "@/lib/client/api";
import { describeFailure, type Failure } from "@/lib/client/failure";
import { SubmitIntent } from "@/lib/client/submit-intent";
import type { JsonObject } from "@/lib/domain/json";
import { tokensOf } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";
import type { Destination } from "./destination";
import type { FormData, FormEvent } from "./form-event";
import { shownFields, shownValues } from "./shown-fields";

const NO_PROBLEMS: readonly FieldProblem[] = [];

/** What is on its way to the server. */
type Pending = "check" | "create" | null;

interface SubmitOptions {
  /** The server would take the request: nothing has been created. */
  onChecked: (body: JsonObject) => Promise<void>;
  onAccepted: (jobId: string) => void;
  /** The server blames fields of the request. */
  onRefused: () => void;
}

/**
 * Has the form checked and then sends it, once for however many clicks. What the server refuses comes back
 * as errors of its fields, which go when the field is changed and never stand in the way of the next try.
 */
export function useSubmit(to: Destination, { onChecked, onAccepted, onRefused }: SubmitOptions) {
  const [pending, setPending] = useState<Pending>(null);
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

  /** @param stays one is led away when it succeeds, so that until then nothing else may be sent */
  async function send(what: Exclude<Pending, null>, call: () => Promise<void>, stays: boolean) {
    if (underWay.current) return;
    underWay.current = true;
    setPending(what);
    clear();
    try {
      await call();
      if (stays) return;
    } catch (error) {
      setAttempt((count) => count + 1);
      const described = describeFailure(error);
      if (described.fields.length > 0) {
        setRefusal(described);
        setProblems(described.fields);
        onRefused();
      } else {
        setFailure(error);
      }
    }
    underWay.current = false;
    setPending(null);
  }

  function check(event: FormEvent): Promise<void> {
    const values = event.formData ?? {};
    const body = shownValues(values, shownFields(event, values));
    const call = async () => {
      await to.check(body);
      await onChecked(body);
    };
    return send("check", call, false);
  }

  function create(body: JsonObject): Promise<void> {
    const call = async () => {
      try {
        const { job_id } = await to.send(body, intent.current.keyFor(body));
        intent.current.settled();
        onAccepted(job_id);
      } catch (error) {
        if (error instanceof ApiProblem) intent.current.settled();
        throw error;
      }
    };
    return send("create", call, true);
  }

  /** A field was changed: what the server said of its old value is over. */
  function forget(name: string) {
    setProblems((before) =>
      before.some(({ pointer }) => fieldAt(pointer) === name)
        ? before.filter(({ pointer }) => fieldAt(pointer) !== name)
        : before,
    );
  }

  return { pending, attempt, failure, failureRef, refusal, problems, check, create, clear, refuse, forget };
}

/** Problems as errors of their fields, as the form library takes them. */
export function errorsOf(problems: readonly FieldProblem[]): ErrorSchema<FormData> {
  const builder = new ErrorSchemaBuilder<FormData>();
  for (const { pointer, message } of problems) builder.addErrors(message, fieldAt(pointer) ?? []);
  return builder.ErrorSchema;
}

/** The field of the flat request that a problem is about; null: the request as a whole. */
function fieldAt(pointer: string): string | null {
  return tokensOf(pointer)[0] || null;
}
