import { type Engine, ProcessStartError } from "../engine";
import { commandLineOf } from "./command-line";
import { durationMs, idleTimeOutText } from "./duration";
import {
  envelopeTooLargeFault,
  invalidOptionFault,
  invalidParameterFault,
  providerFault,
  schemaFault,
  selectorRequiredFault,
  WsManFault,
} from "./fault";
import { CMD_RESOURCE, SHELL } from "./namespaces";
import type { Quotas } from "./quotas";
import { bodyElement, type ShellRequest } from "./request";
import { escapeXml } from "./response";
import type { Shell } from "./shell";
import { type Output, type OutputStream, ShellProcess } from "./shell-process";
import { ShellTable } from "./shell-table";
import { attribute, child, children, type XmlElement } from "./xml-reader";

/** Who asks, and whether they still wait for the answer. */
export interface Client {
  user: string;
  ip: string;
  gone: AbortSignal;
}

/** What the wire log is told about a Command. */
export type CommandObserver = (commandLine: string, environment: Record<string, string>) => void;

/** MS-WSMV 3.1.4.5 and following: IdleTimeOut where the client names none. */
const DEFAULT_IDLE_TIMEOUT_MS = 7_200_000;
/** Room that the envelope around the Stream elements of a Receive needs. */
const ENVELOPE_OVERHEAD = 2048;

/** The six operations of the cmd shell of one host, each from a validated request to the body of its answer. */
export class ShellService {
  readonly shells: ShellTable;
  private readonly host: string;
  private readonly address: () => string;
  private readonly engine: Engine;
  private readonly onCommand: CommandObserver;

  constructor(options: {
    host: string;
    address: () => string;
    engine: Engine;
    quotas: Quotas;
    onCommand: CommandObserver;
  }) {
    this.host = options.host;
    this.address = options.address;
    this.engine = options.engine;
    this.onCommand = options.onCommand;
    this.shells = new ShellTable(options.quotas);
  }

  /** Gives the inner XML of `s:Body`; null where the client went away. Throws {@link WsManFault}. */
  async handle(request: ShellRequest, client: Client): Promise<string | null> {
    switch (request.operation) {
      case "Create":
        return this.create(request, client);
      case "Command":
        return this.command(request);
      case "Send":
        return this.send(request);
      case "Receive":
        return this.receive(request, client);
      case "Signal":
        return this.signal(request);
      case "Delete":
        this.shells.delete(requiredShellId(request));
        return "";
    }
  }

  /** MS-WSMV 3.1.4.5.2 */
  private create(request: ShellRequest, client: Client): string {
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
      owner: client.user,
      clientIp: client.ip,
      idleTimeoutMs: idleTimeout(element),
      inputStreams: streamNames(child(element, SHELL, "InputStreams"), ["stdin"]),
      outputStreams: streamNames(child(element, SHELL, "OutputStreams"), ["stdout", "stderr"]),
      workingDirectory: child(element, SHELL, "WorkingDirectory")?.text ?? null,
      environment: environment(element),
    });
    return createdBody(shell, this.address());
  }

  /** MS-WSMV 3.1.4.11 */
  private async command(request: ShellRequest): Promise<string> {
    const shell = this.shells.get(requiredShellId(request));
    booleanOption(request, "WINRS_CONSOLEMODE_STDIN", true);
    const skipCmdShell = booleanOption(request, "WINRS_SKIP_CMD_SHELL", false);
    const element = bodyElement(request, "CommandLine");
    onlyChildren(element, ["Command", "Arguments"]);
    const command = child(element, SHELL, "Command")?.text ?? "";
    if (command.trim() === "") throw invalidParameterFault();
    const args = children(element, SHELL, "Arguments").map((item) => item.text);
    const line = commandLineOf(command, args, skipCmdShell);
    this.onCommand(line, shell.settings.environment);
    this.shells.countOperation(shell);

    const process = await startProcess(() =>
      ShellProcess.start(this.engine, this.host, {
        command,
        arguments: args,
        skipCmdShell,
        workingDirectory: shell.settings.workingDirectory,
        environment: shell.settings.environment,
      }),
    );
    shell.add(process);
    return `<rsp:CommandResponse><rsp:CommandId>${process.id}</rsp:CommandId></rsp:CommandResponse>`;
  }

  /** MS-WSMV 3.1.4.12 */
  private send(request: ShellRequest): string {
    const shell = this.shells.get(requiredShellId(request));
    const element = bodyElement(request, "Send");
    onlyChildren(element, ["Stream"]);
    if (element.children.length === 0) throw schemaFault("The element Send holds no Stream. ");
    for (const stream of element.children) {
      const process = shell.process(requiredCommandId(stream));
      if (!shell.settings.inputStreams.has(attribute(stream, "Name") ?? "")) throw invalidParameterFault();
      const bytes = decodeBase64(stream.text);
      if (!process.isRunning) throw providerFault(2147942509, "The pipe has been ended. ");
      if (process.stdin.isEnded) throw providerFault(2147942632, "The pipe is being closed. ");
      process.stdin.push(bytes);
      if (xsBoolean(attribute(stream, "End") ?? "false") === true) process.stdin.end();
    }
    return "<rsp:SendResponse/>";
  }

  /** MS-WSMV 3.1.4.14 */
  private async receive(request: ShellRequest, client: Client): Promise<string | null> {
    const shell = this.shells.get(requiredShellId(request));
    booleanOption(request, "WSMAN_CMDSHELL_OPTION_KEEPALIVE", false);
    const desired = child(bodyElement(request, "Receive"), SHELL, "DesiredStream");
    if (desired === undefined) throw schemaFault("The element Receive holds no DesiredStream. ");
    const wanted = streamNames(desired, [...shell.settings.outputStreams]);
    const process = shell.process(requiredCommandId(desired));

    let room = request.maxEnvelopeBytes - ENVELOPE_OVERHEAD;
    const fits = (chunk: { stream: OutputStream; bytes: Uint8Array }) => {
      room -= streamElement(process.id, chunk.stream, chunk.bytes).length;
      return room >= 0;
    };
    const output = await process.receive(wanted, request.timeoutMs, fits, client.gone);
    shell.touch();
    if (output === null) return null;
    if (output.chunks.length === 0 && output.exitCode === null) throw envelopeTooLargeFault();
    return receivedBody(process.id, wanted, output);
  }

  /** MS-WSMV 3.1.4.13 */
  private signal(request: ShellRequest): string {
    const shell = this.shells.get(requiredShellId(request));
    const element = bodyElement(request, "Signal");
    const process = shell.process(requiredCommandId(element));
    const code = child(element, SHELL, "Code")?.text.trim();
    const wasRunning = process.isRunning;
    if (code === `${SHELL}/signal/terminate`) shell.remove(process);
    else if (code !== `${SHELL}/signal/ctrl_c` && code !== `${SHELL}/signal/ctrl_break`) {
      throw invalidParameterFault();
    } else if (wasRunning) process.interrupt();
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

function requiredShellId(request: ShellRequest): string {
  if (request.shellId === undefined) throw selectorRequiredFault();
  return request.shellId;
}

function requiredCommandId(element: XmlElement): string {
  const commandId = attribute(element, "CommandId");
  if (commandId === undefined) throw invalidParameterFault();
  return commandId;
}

function onlyChildren(element: XmlElement, names: string[]): void {
  const odd = element.children.find((item) => item.namespace !== SHELL || !names.includes(item.name));
  if (odd !== undefined) {
    throw schemaFault(
      `The Windows Remote Shell cannot process the request. The SOAP packet contains an element ${odd.name} that is invalid. Retry the request with the correct XML element. `,
    );
  }
}

function idleTimeout(element: XmlElement): number {
  const text = child(element, SHELL, "IdleTimeOut")?.text;
  if (text === undefined) return DEFAULT_IDLE_TIMEOUT_MS;
  const value = durationMs(text);
  if (value === undefined || value <= 0) {
    throw schemaFault("The element IdleTimeOut is no xs:duration such as PT7200S. ");
  }
  // The longest time that a timer of this runtime takes, about 24 days.
  return Math.min(value, 2 ** 31 - 1);
}

function environment(element: XmlElement): Record<string, string> {
  const container = child(element, SHELL, "Environment");
  const variables = container === undefined ? [] : children(container, SHELL, "Variable");
  return Object.fromEntries(
    variables.map((variable) => {
      const name = attribute(variable, "Name");
      if (name === undefined) throw schemaFault("An element Variable lacks the attribute Name. ");
      return [name, variable.text];
    }),
  );
}

function streamNames<Name extends string>(element: XmlElement | undefined, known: Name[]): Set<Name> {
  const names = element?.text.split(/\s+/).filter((name) => name !== "") ?? known;
  return new Set(
    names.map((name) => {
      const found = known.find((item) => item === name);
      if (found === undefined) throw invalidParameterFault();
      return found;
    }),
  );
}

function booleanOption(request: ShellRequest, name: string, absent: boolean): boolean {
  const text = request.options.get(name);
  if (text === undefined) return absent;
  const value = xsBoolean(text);
  if (value === undefined) throw invalidOptionFault(name);
  return value;
}

/** Windows takes `TRUE`, `True` and `1` alike. */
function xsBoolean(text: string): boolean | undefined {
  if (/^(?:true|1)$/i.test(text)) return true;
  return /^(?:false|0)$/i.test(text) ? false : undefined;
}

function decodeBase64(text: string): Uint8Array {
  const compact = text.replace(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw schemaFault("The content of an element Stream is not base64. ");
  }
  return Buffer.from(compact, "base64");
}

function createdBody(shell: Shell, address: string): string {
  const { owner, clientIp, idleTimeoutMs, inputStreams, outputStreams } = shell.settings;
  return (
    `<x:ResourceCreated><a:Address>${escapeXml(address)}</a:Address><a:ReferenceParameters>` +
    `<w:ResourceURI>${CMD_RESOURCE}</w:ResourceURI>` +
    `<w:SelectorSet><w:Selector Name="ShellId">${shell.id}</w:Selector></w:SelectorSet>` +
    `</a:ReferenceParameters></x:ResourceCreated>` +
    `<rsp:Shell><rsp:ShellId>${shell.id}</rsp:ShellId><rsp:ResourceUri>${CMD_RESOURCE}</rsp:ResourceUri>` +
    `<rsp:Owner>${escapeXml(owner)}</rsp:Owner><rsp:ClientIP>${escapeXml(clientIp)}</rsp:ClientIP>` +
    `<rsp:IdleTimeOut>${idleTimeOutText(idleTimeoutMs)}</rsp:IdleTimeOut>` +
    `<rsp:InputStreams>${[...inputStreams].join(" ")}</rsp:InputStreams>` +
    `<rsp:OutputStreams>${[...outputStreams].join(" ")}</rsp:OutputStreams>` +
    `<rsp:ShellRunTime>P0DT0H0M0S</rsp:ShellRunTime>` +
    `<rsp:ShellInactivity>P0DT0H0M0S</rsp:ShellInactivity></rsp:Shell>`
  );
}

function receivedBody(commandId: string, wanted: ReadonlySet<OutputStream>, output: Output): string {
  const streams = output.chunks.map(({ stream, bytes }) => streamElement(commandId, stream, bytes));
  const ends = [...wanted].map(
    (stream) => `<rsp:Stream Name="${stream}" CommandId="${commandId}" End="true"></rsp:Stream>`,
  );
  const state =
    output.exitCode === null
      ? `<rsp:CommandState CommandId="${commandId}" State="${SHELL}/CommandState/Running"/>`
      : `${ends.join("")}<rsp:CommandState CommandId="${commandId}" State="${SHELL}/CommandState/Done"><rsp:ExitCode>${output.exitCode}</rsp:ExitCode></rsp:CommandState>`;
  return `<rsp:ReceiveResponse>${streams.join("")}${state}</rsp:ReceiveResponse>`;
}

function streamElement(commandId: string, stream: OutputStream, bytes: Uint8Array): string {
  const content = Buffer.from(bytes).toString("base64");
  return `<rsp:Stream Name="${stream}" CommandId="${commandId}">${content}</rsp:Stream>`;
}
