/** What a client is to do, each time in a process of its own. */
export interface Task {
  /**
   * - `cold`: `count` times a new client, a shell, a command and its output, and nothing left on the host
   * - `command`: `count` commands in one open shell
   * - `warm`: `count` questions to a process that runs, each answered on its stdout
   * - `stdin`: a command that reads `bytes`; `stdout`: one that writes as many
   * - `hosts`: `cold` on all hosts at once
   */
  scenario: "cold" | "command" | "warm" | "stdin" | "stdout" | "hosts";
  authentication: "basic" | "ntlm";
  urls: string[];
  username: string;
  password: string;
  /** File of the authority that signed the hosts' certificate. */
  ca: string;
  count: number;
  bytes: number;
}

export interface TaskResult {
  /** Milliseconds of each run; null: this client has no way to do it. */
  times: number[] | null;
  /** Largest resident size of the client's process. */
  peakBytes: number;
}
