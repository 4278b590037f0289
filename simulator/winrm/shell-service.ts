import { type Engine, ProcessStartError } from "../engine";
import { commandLineOf } from "./command-line";
import {
  accessDeniedFault,
  envelopeTooLargeFault,
  invalidOptionFault,
  invalidParameterFault,
  providerFault,
  schemaFault,
} from "./fault";
import { SHELL } from "./namespaces";
import type { Quotas } from "./quotas";
import { bodyElement, type ShellRequest } from "./request";
import {
  booleanOption,
  decodeBase64,
  environment,
  idleTimeout,
  onlyChildren,
  ownShellId,
  requiredCommandId,
  requiredShellId,
  streamNames,
  xsBoolean,
} from "./shell-arguments";
import { createdBody, receivedBody, streamElement } from "./shell-bodies";
import { type OutputChunk, ShellProcess } from "./shell-process";
import { ShellTable } from "./shell-table";
import { attribute, child, children } from "./xml-reader";

/** Who asks, and whether they still wait for the answer. */
export interface Client {
  user: string;
  /** Whether the host lets this user have shells. */
  mayOpenShells: boolean;
  ip: string;
  gone: AbortSignal;
}

/** What the wire log is told about a Command. */
export type CommandObserver = (commandLine: string, environment: Record<string, string>) => void;

/** Room that the envelope around the Stream elements of a Receive needs. */
const ENVELOPE_OVERHEAD = 2048;

/** The six operations of the cmd shell of one host, each from a validated request to the body of its answer. */
export class ShellService {
  readonly shells: ShellTable;
  readonly #host: string;
  readonly #address: () => string;
  readonly #engine: Engine;
  readonly #onCommand: CommandObserver;

  constructor(options: {
    host: string;
    address: () => string;
    engine: Engine;
    quotas: Quotas;
    onCommand: CommandObserver;
  }) {
    this.#host = options.host;
    this.#address = options.address;
    this.#engine = options.engine;
    this.#onCommand = options.onCommand;
    this.shells = new ShellTable(options.quotas);
  }

  /** Gives the inner XML of `s:Body`; null where the client went away. Throws {@link WsManFault}. */
  async handle(request: ShellRequest, client: Client): Promise<string | null> {
    switch (request.operation) {
      case "Create":
        return this.#create(request, client);
      case "Command":
        return this.#command(request, client);
      case "Send":
        return this.#send(request, client);
      case "Receive":
        return this.#receive(request, client);
      case "Signal":
        return this.#signal(request, client);
      case "Delete":
        this.shells.delete(requiredShellId(request), client.user);
        return "";
    }
  }

  /** MS-WSMV 3.1.4.5.2, 2.2.4.37 */
  #create(request: ShellRequest, client: Client): string {
    if (!client.mayOpenShells) throw accessDeniedFault();
    booleanOption(request, "WINRS_NOPROFILE", false);
    const codepage = request.options.get("WINRS_CODEPAGE");
    if (codepage !== undefined && !/^\d{1,5}$/.test(codepage)) throw invalidOptionFault("WINRS_CODEPAGE");

    const element = bodyElement(request, "Shell");
    onlyChildren(element, [
      "Environment",
      "IdleTimeOut",
      "InputStreams",
      "Lifetime",
      "Name",
      "OutputStreams",
      "WorkingDirectory",
    ]);
    const shell = this.shells.create({
      id: ownShellId(element),
      owner: client.user,
      clientIp: client.ip,
      idleTimeoutMs: idleTimeout(element),
      inputStreams: streamNames(child(element, SHELL, "InputStreams"), ["stdin"]),
      outputStreams: streamNames(child(element, SHELL, "OutputStreams"), ["stdout", "stderr"]),
      workingDirectory: child(element, SHELL, "WorkingDirectory")?.text ?? null,
      environment: environment(element),
    });
    return createdBody(shell, this.#address());
  }

  /** MS-WSMV 3.1.4.11, 2.2.4.7 */
  async #command(request: ShellRequest, client: Client): Promise<string> {
    const shell = this.shells.get(requiredShellId(request), client.user);
    booleanOption(request, "WINRS_CONSOLEMODE_STDIN", true);
    const skipCmdShell = booleanOption(request, "WINRS_SKIP_CMD_SHELL", false);
    const element = bodyElement(request, "CommandLine");
    onlyChildren(element, ["Command", "Arguments"]);
    const command = child(element, SHELL, "Command")?.text ?? "";
    if (command.trim() === "") throw invalidParameterFault();
    const args = children(element, SHELL, "Arguments").map((item) => item.text);
    const line = commandLineOf(command, args, skipCmdShell);
    this.#onCommand(line, shell.settings.environment);
    this.shells.countOperation(shell);

    const process = await startProcess(() =>
      ShellProcess.start(
        this.#engine,
        this.#host,
        {
          command,
          arguments: args,
          skipCmdShell,
          workingDirectory: shell.settings.workingDirectory,
          environment: shell.settings.environment,
        },
        (process) => shell.hasMemory(process),
      ),
    );
    shell.add(process);
    return `<rsp:CommandResponse><rsp:CommandId>${process.id}</rsp:CommandId></rsp:CommandResponse>`;
  }

  /** MS-WSMV 3.1.4.13 */
  #send(request: ShellRequest, client: Client): string {
    const shell = this.shells.get(requiredShellId(request), client.user);
    const element = bodyElement(request, "Send");
    onlyChildren(element, ["Stream"]);
    if (element.children.length === 0) throw schemaFault("The element Send holds no Stream. ");
    for (const stream of element.children) {
      const process = shell.process(requiredCommandId(stream));
      if (!shell.settings.inputStreams.has(attribute(stream, "Name") ?? "")) throw invalidParameterFault();
      const bytes = decodeBase64(stream.text);
      if (!process.isRunning) throw providerFault(2147942509, "The pipe has been ended. ");
      if (process.stdin.isEnded) throw providerFault(2147942632, "The pipe is being closed. ");
      process.send(bytes);
      if (xsBoolean(attribute(stream, "End") ?? "false") === true) process.stdin.end();
    }
    return "<rsp:SendResponse/>";
  }

  /** MS-WSMV 3.1.4.14, 2.2.4.26 */
  async #receive(request: ShellRequest, client: Client): Promise<string | null> {
    const shell = this.shells.get(requiredShellId(request), client.user);
    booleanOption(request, "WSMAN_CMDSHELL_OPTION_KEEPALIVE", false);
    const desired = child(bodyElement(request, "Receive"), SHELL, "DesiredStream");
    if (desired === undefined) throw schemaFault("The element Receive holds no DesiredStream. ");
    const wanted = streamNames(desired, [...shell.settings.outputStreams]);
    const process = shell.process(requiredCommandId(desired));

    let room = request.maxEnvelopeBytes - ENVELOPE_OVERHEAD;
    const fits = (chunk: OutputChunk) => {
      room -= streamElement(process.id, chunk.stream, chunk.bytes).length;
      return room >= 0;
    };
    const output = await process.receive(wanted, request.timeoutMs, fits, client.gone);
    shell.touch();
    if (output === null) return null;
    if (output.chunks.length === 0 && output.exitCode === null) throw envelopeTooLargeFault();
    return receivedBody(process.id, wanted, output);
  }

  /** MS-WSMV 3.1.4.12: any process may be signalled, also one that ended. */
  #signal(request: ShellRequest, client: Client): string {
    const shell = this.shells.get(requiredShellId(request), client.user);
    const element = bodyElement(request, "Signal");
    const process = shell.process(requiredCommandId(element));
    switch (child(element, SHELL, "Code")?.text.trim()) {
      case `${SHELL}/signal/terminate`:
        shell.remove(process);
        break;
      case `${SHELL}/signal/ctrl_c`:
      case `${SHELL}/signal/ctrl_break`:
        process.interrupt();
        break;
      default:
        throw invalidParameterFault();
    }
    return "<rsp:SignalResponse/>";
  }
}

async function startProcess(start: () => Promise<ShellProcess>): Promise<ShellProcess> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ProcessStartError)) throw error;
    throw providerFault(error.code, `${error.message} `);
  }
}
