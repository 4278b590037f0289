import { useEffect, useMemo, useRef, useState } from "react";
import { controlId } from "@/components/form/ids";
import { describeFailure } from "@/lib/client/failure";
import { tokensOf } from "@/lib/domain/json-pointer";

const NONE: readonly string[] = [];

/**
 * What the server blames fields for, each until its field is changed; and the tries to submit that came to nothing,
 * each of which moves the focus to what is wrong.
 *
 * @param failure what the last try to send threw; null: nothing
 */
export function useProblems(failure: unknown) {
  const [attempt, setAttempt] = useState(0);
  const [changed, setChanged] = useState({ since: failure, ids: NONE });
  const alert = useRef<HTMLDivElement>(null);
  const described = useMemo(() => (failure ? describeFailure(failure) : null), [failure]);
  const refusal = described !== null && described.fields.length > 0 ? described : null;
  const problems = useMemo(() => {
    const ids = changed.since === failure ? changed.ids : NONE;
    return (refusal?.fields ?? []).filter(({ pointer }) => !ids.includes(idOf(pointer)));
  }, [refusal, changed, failure]);

  useEffect(() => {
    if (!failure) return;
    if (refusal !== null) setAttempt((count) => count + 1);
    else alert.current?.focus();
  }, [failure, refusal]);

  return {
    attempt,
    /** The last failure, where it blames fields. */
    refusal,
    problems,
    /** For the alert of a failure that blames none. */
    alert,
    /** The form itself found something wrong. */
    refuse: () => setAttempt((count) => count + 1),
    /** A field was changed. @param id its control's */
    forget: (id: string) =>
      setChanged((before) => ({
        since: failure,
        ids: before.since === failure ? [...before.ids, id] : [id],
      })),
  };
}

function idOf(pointer: string): string {
  return controlId(tokensOf(pointer)[0] ?? "");
}
