import type { ShellOperation } from "./namespaces";

/** What one host saw on the wire, for `GET /wire` of the control API. */
export interface WireRecord {
  /**
   * Requests by operation; `handshake`: steps of an authentication; `invalid`: no valid request; `refused`:
   * anything else that HTTP answers without a body, such as 401, 404 or 413.
   */
  requests: Record<string, number>;
  /** Injected faults by kind. */
  faults: Record<string, number>;
  /** Each command line seen, with the number of times. */
  command_lines: Record<string, number>;
  /** Each `NAME=value` of a shell's environment seen with a command, with the number of times. */
  environment: Record<string, number>;
  open_shells: number;
  running_processes: number;
  /** The largest number of processes that ran at once. */
  peak_processes: number;
}

/** Counts what passes; tests read it to find leaks, lost shells and operations that ran twice. */
export class WireLog {
  readonly #requests = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  readonly #commandLines = new Map<string, number>();
  readonly #environment = new Map<string, number>();
  #peakProcesses = 0;

  countRequest(kind: ShellOperation | "handshake" | "invalid" | "refused"): void {
    increment(this.#requests, kind);
  }

  countFault(kind: string): void {
    increment(this.#faults, kind);
  }

  addCommand(commandLine: string, environment: Record<string, string>): void {
    increment(this.#commandLines, commandLine);
    for (const [name, value] of Object.entries(environment)) increment(this.#environment, `${name}=${value}`);
  }

  noteProcesses(running: number): void {
    this.#peakProcesses = Math.max(this.#peakProcesses, running);
  }

  record(openShells: number, runningProcesses: number): WireRecord {
    return {
      requests: Object.fromEntries(this.#requests),
      faults: Object.fromEntries(this.#faults),
      command_lines: Object.fromEntries(this.#commandLines),
      environment: Object.fromEntries(this.#environment),
      open_shells: openShells,
      running_processes: runningProcesses,
      peak_processes: this.#peakProcesses,
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
