/** The seam between the WinRM endpoint and whatever executes a process on the simulated host. */

export interface ProcessStart {
  /** `w:…/CommandLine/Command` as it came: an executable, or with the cmd shell a command line. */
  command: string;
  arguments: string[];
  /** True: the process was started directly; false: through `cmd.exe /c`. */
  skipCmdShell: boolean;
  workingDirectory: string | null;
  environment: Record<string, string>;
}

export interface ProcessIo {
  /** What the client sends; ends with the client's last Send (`End="true"`). */
  stdin: AsyncIterable<Uint8Array>;
  stdout(chunk: Uint8Array): void;
  stderr(chunk: Uint8Array): void;
  /** Aborted by Signal terminate, by Delete of the shell, and when the host loses power. */
  signal: AbortSignal;
}

/** Thrown by {@link Engine.run} before the process starts: Windows could not find or start it. */
export class ProcessStartError extends Error {
  override readonly name = "ProcessStartError";
  /** Win32 error, for example 2147942402 (file not found). */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Executes one process on one simulated host. */
export interface Engine {
  /** Resolves with the exit code once all output was written. */
  run(host: string, start: ProcessStart, io: ProcessIo): Promise<number>;
}
