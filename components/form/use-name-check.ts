import { useRef, useState } from "react";
import { checkVmName } from "@/lib/client/resources";
import { pointerTo } from "@/lib/domain/json-pointer";
import type { FieldProblem } from "@/lib/domain/problem";

/** The field that is unique over all hosts, by the name that the API gives it. */
export const NAME_FIELD = "vm_name";

interface Answer {
  name: string;
  /** Why it is taken; null: it is free. */
  message: string | null;
}

/**
 * Asks, when the name's field is left, whether any host or unfinished job has that name. What cannot be
 * asked now is not told: the request is checked as a whole before anything is created.
 */
export function useNameCheck() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asking = useRef<{ name: string; stop: AbortController } | null>(null);

  async function check(value: unknown): Promise<void> {
    if (typeof value !== "string" || value === "" || asking.current?.name === value) return;
    asking.current?.stop.abort();
    const stop = new AbortController();
    asking.current = { name: value, stop };
    try {
      const { message } = await checkVmName(value, stop.signal);
      if (!stop.signal.aborted) setAnswer({ name: value, message });
    } catch {
      if (asking.current?.stop === stop) asking.current = null;
    }
  }

  /** The name was changed: what was said of the old one is over. */
  function forget(): void {
    asking.current?.stop.abort();
    asking.current = null;
    setAnswer(null);
  }

  const problem: FieldProblem | null = answer?.message
    ? { pointer: pointerTo(NAME_FIELD), message: answer.message }
    : null;
  return { problem, free: answer !== null && answer.message === null, check, forget };
}
