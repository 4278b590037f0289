import { ACTIONS, type ShellOperation } from "./namespaces";

/** Kinds of `POST /faults`. */
export const FAULT_KINDS = [
  /** Answer, but `delay_ms` late. */
  "slow",
  /** Reset the TCP connection, before the operation runs or after it. */
  "reset",
  /** Close the host's half of the connection without an answer, before the operation runs or after it. */
  "half_close",
  /** The TimedOut fault, without running the operation. */
  "timed_out",
  /** 401, as if the password had been changed. */
  "unauthorized",
  /** 413. */
  "too_large",
  /** The fault of the shell quota. */
  "quota",
  /** The operation runs, its answer breaks off in the middle of the XML. */
  "truncated",
  /** The operation runs, the answer is a 500 without a body. */
  "empty_500",
  /** The operation runs, its answer relates to another message. */
  "wrong_relates_to",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface PlannedFault {
  kind: FaultKind;
  /** Only requests of this operation; undefined: any. */
  action?: ShellOperation | undefined;
  /** The first matching request that is hit, counted from 1 since the fault was planned. */
  nth: number;
  /** How many matching requests in a row are hit from there; null: all. */
  times: number | null;
  /** For `reset` and `half_close`. */
  when: "before" | "after";
  /** For `slow`. */
  delayMs: number;
}

export const FAULT_ACTIONS = Object.keys(ACTIONS) as [ShellOperation, ...ShellOperation[]];

/** The faults planned for one host, in the order in which they were planned. */
export class FaultPlan {
  #planned: { fault: PlannedFault; seen: number }[] = [];

  add(fault: PlannedFault): void {
    this.#planned.push({ fault, seen: 0 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The faults that hit this request. */
  next(operation: ShellOperation): PlannedFault[] {
    const matching = this.#planned.filter(({ fault }) => (fault.action ?? operation) === operation);
    for (const entry of matching) entry.seen += 1;
    return matching
      .filter(({ fault, seen }) => {
        return seen >= fault.nth && (fault.times === null || seen < fault.nth + fault.times);
      })
      .map(({ fault }) => fault);
  }
}
