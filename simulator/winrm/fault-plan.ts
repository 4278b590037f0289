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
  /** The fault with `code`: 500 with a body. */
  "fault",
  /** The connection no longer knows its client: 400 where messages are sealed, 401 where they are not. */
  "context_lost",
  /** The operation runs, its answer breaks off in the middle of the XML. */
  "truncated",
  /** The operation runs, the connection ends in the middle of the answer's body. */
  "cut_off",
  /** The operation runs, its answer comes in pieces of 64 bytes, `delay_ms` apart. */
  "dripping",
  /** The operation runs, the signature of its sealed answer is wrong. */
  "wrong_signature",
  /** The operation runs, the answer is a 500 without a body. */
  "empty_500",
  /** The operation runs, its answer relates to another message. */
  "wrong_relates_to",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface PlannedFault {
  kind: FaultKind;
  /** Only requests of this operation; undefined: any operation, and no step of a handshake. */
  action?: FaultAction | undefined;
  /** The first matching request that is hit, counted from 1 since the fault was planned. */
  nth: number;
  /** How many matching requests in a row are hit from there; null: all. */
  times: number | null;
  /** For `reset` and `half_close`. */
  when: "before" | "after";
  /** For `slow` and `dripping`. */
  delayMs: number;
  /** For `fault`: `f:WSManFault@Code`. */
  code?: number;
}

/** What a fault can hit: an operation, or a request with a token of Negotiate, Kerberos or the like. */
export type FaultAction = ShellOperation | "Handshake";

export const FAULT_ACTIONS = ["Handshake", ...Object.keys(ACTIONS)] as [FaultAction, ...FaultAction[]];

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
  next(action: FaultAction): PlannedFault[] {
    const matching = this.#planned.filter(({ fault }) =>
      fault.action === undefined ? action !== "Handshake" : fault.action === action,
    );
    for (const entry of matching) entry.seen += 1;
    return matching
      .filter(({ fault, seen }) => {
        return seen >= fault.nth && (fault.times === null || seen < fault.nth + fault.times);
      })
      .map(({ fault }) => fault);
  }
}
