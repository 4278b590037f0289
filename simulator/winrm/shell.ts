import type { ProcessStart } from "../engine";
import { commandNotFoundFault } from "./fault";
import { newId } from "./response";
import type { OutputStream, ShellProcess } from "./shell-process";

/** What a Create asks for (MS-WSMV 2.2.4.37, Shell). */
export interface ShellSettings {
  /** The client's own choice (WSManCreateShellEx); null: the host makes one. */
  id: string | null;
  owner: string;
  clientIp: string;
  idleTimeoutMs: number;
  inputStreams: ReadonlySet<string>;
  outputStreams: ReadonlySet<OutputStream>;
  workingDirectory: ProcessStart["workingDirectory"];
  environment: ProcessStart["environment"];
}

/** An open shell and its processes. A client that stays silent for the idle timeout loses it. */
export class Shell {
  readonly id: string;
  readonly settings: ShellSettings;
  /** Commands started since the shell was opened: they count as operations until it is closed. */
  operations = 0;
  readonly #processes = new Map<string, ShellProcess>();
  readonly #memoryBytes: number;
  readonly #onIdle: (shell: Shell) => void;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(settings: ShellSettings, memoryBytes: number, onIdle: (shell: Shell) => void) {
    this.id = settings.id ?? newId();
    this.settings = settings;
    this.#memoryBytes = memoryBytes;
    this.#onIdle = onIdle;
    this.touch();
  }

  get runningProcesses(): number {
    return [...this.#processes.values()].filter((process) => process.isRunning).length;
  }

  /** Whether its processes, with this one that may just have started, hold no more than they may. */
  hasMemory(process: ShellProcess): boolean {
    const processes = [...new Set([...this.#processes.values(), process])];
    return processes.reduce((sum, each) => sum + each.heldBytes, 0) <= this.#memoryBytes;
  }

  /** The client did something: the idle timeout starts anew. */
  touch(): void {
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => this.#onIdle(this), this.settings.idleTimeoutMs);
    this.#idleTimer.unref();
  }

  add(process: ShellProcess): void {
    this.#processes.set(process.id, process);
  }

  /** The process with that CommandId, or the fault a Windows host answers with. */
  process(commandId: string): ShellProcess {
    const process = this.#processes.get(commandId.toUpperCase());
    if (process === undefined) throw commandNotFoundFault();
    return process;
  }

  remove(process: ShellProcess): void {
    process.terminate();
    this.#processes.delete(process.id);
  }

  close(): void {
    clearTimeout(this.#idleTimer);
    for (const process of this.#processes.values()) process.terminate();
    this.#processes.clear();
  }
}
