import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import { z } from "zod";

/** Which PowerShell engine runs the scripts. */
export interface EngineVersion {
  engine: string;
  version: string;
}

/** One script for one process of a simulated host. */
export interface ScriptRun {
  script: string;
  /** Letter of each drive to the folder that stands for it. */
  drives: Record<string, string>;
  environment: Record<string, string>;
  /** Whether stderr is CLIXML, as powershell.exe writes it where its command was encoded. */
  errorsAsXml: boolean;
}

export interface ScriptIo {
  stdin: AsyncIterable<Uint8Array>;
  stdout(chunk: Uint8Array): void;
  stderr(chunk: Uint8Array): void;
  /** Answers `Invoke-StandIn` of the script. Whatever it rejects with, the script gets as an error. */
  call(operation: string, args: Record<string, unknown>): Promise<CallAnswer>;
}

export type CallAnswer =
  | { result: unknown }
  | { error: { id: string; category: string; message: string; target: string | null } };

const messageSchema = z.union([
  z.object({ ready: z.object({ engine: z.string(), version: z.string() }) }),
  z.object({ stdout: z.string() }),
  z.object({ stderr: z.string() }),
  z.object({
    call: z.object({ id: z.int(), operation: z.string(), arguments: z.record(z.string(), z.unknown()) }),
  }),
  z.object({ exit: z.int() }),
]);
type Message = z.output<typeof messageSchema>;

/**
 * A long-lived process of the engine, which runs one script at a time. Its standard streams are the script's;
 * the conversation with it (see ControlChannel.cs) has a socket of its own.
 */
export class EngineProcess {
  readonly version: EngineVersion;
  readonly #child: ChildProcess;
  readonly #control: Duplex;
  readonly #ended: Promise<number>;
  #receive: (message: Message) => void = () => undefined;

  /** Starts a process; resolves once it can run scripts. Rejects with a sentence that says why it cannot. */
  static async start(program: string, args: readonly string[]): Promise<EngineProcess> {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit", "pipe"] });
    const ended = new Promise<number>((resolve, reject) => {
      // Not before all that it sent has been read.
      child.once("close", (code) => resolve(code ?? -1));
      child.once("error", (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    });
    const control = child.stdio[3] as Duplex;
    const lines = createInterface({ input: control });
    // A process that ended by itself says so by its end; the lines repeat the socket's error.
    control.on("error", () => undefined);
    lines.on("error", () => undefined);
    const premature = ended.then((code) => {
      throw new Error(`The PowerShell engine ended with ${code} before it was ready.`);
    });
    const [line] = await Promise.race([once(lines, "line"), premature]);
    premature.catch(() => undefined);
    const first = messageSchema.parse(JSON.parse(String(line)));
    if (!("ready" in first)) throw new Error("The PowerShell engine did not say that it is ready.");
    const process = new EngineProcess(child, control, ended, first.ready);
    lines.on("line", (text) => process.#receive(messageSchema.parse(JSON.parse(text))));
    return process;
  }

  private constructor(child: ChildProcess, control: Duplex, ended: Promise<number>, version: EngineVersion) {
    this.#child = child;
    this.#control = control;
    this.#ended = ended;
    this.version = version;
  }

  /** Whether the process can run another script. */
  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && !this.#child.killed;
  }

  /** Runs a script; resolves with its exit code once all its output was given, or with that of the process. */
  async run(run: ScriptRun, io: ScriptIo): Promise<number> {
    const exited = new Promise<number>((resolve) => {
      this.#receive = (message) => {
        if ("stdout" in message) io.stdout(Buffer.from(message.stdout, "base64"));
        else if ("stderr" in message) io.stderr(Buffer.from(message.stderr, "base64"));
        else if ("exit" in message) resolve(message.exit);
        else if ("call" in message) void this.#answer(message.call, io);
      };
    });
    this.#send({ run });
    const over = new AbortController();
    void this.#feed(io.stdin, over.signal);
    return Promise.race([exited, this.#ended]).finally(() => over.abort());
  }

  /** Ends the process and whatever it runs, at once. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** Whatever comes after the script's end is not for the next one. */
  async #feed(stdin: AsyncIterable<Uint8Array>, over: AbortSignal): Promise<void> {
    for await (const chunk of stdin) {
      if (over.aborted) return;
      this.#send({ stdin: Buffer.from(chunk).toString("base64") });
    }
    if (!over.aborted) this.#send({ stdin: null });
  }

  async #answer(
    call: { id: number; operation: string; arguments: Record<string, unknown> },
    io: ScriptIo,
  ): Promise<void> {
    const answer = await io.call(call.operation, call.arguments);
    this.#send({ answer: { id: call.id, ...answer } });
  }

  #send(message: object): void {
    if (this.isAlive) this.#control.write(`${JSON.stringify(message)}\n`);
  }
}
