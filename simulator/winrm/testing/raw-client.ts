import { randomUUID } from "node:crypto";
import { Agent, type RequestOptions, request } from "node:https";
import type { ShellOperation } from "../namespaces";

/** A raw HTTPS client with hand-written envelopes: it shares no code with the endpoint that it tests. */

export interface RawTarget {
  port: number;
  username: string;
  password: string;
  ca: string;
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const RSP = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
const TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";

export interface EnvelopeOptions {
  shellId?: string;
  options?: Record<string, string>;
  timeout?: string;
  messageId?: string;
  maxEnvelopeSize?: number;
  /** Inner XML of the header, after the usual ones. */
  header?: string;
  resourceUri?: string;
}

export function envelope(operation: ShellOperation, body: string, options: EnvelopeOptions = {}): string {
  const action =
    operation === "Create" || operation === "Delete" ? `${TRANSFER}/${operation}` : `${RSP}/${operation}`;
  const selectors =
    options.shellId === undefined
      ? ""
      : `<w:SelectorSet><w:Selector Name="ShellId">${options.shellId}</w:Selector></w:SelectorSet>`;
  const optionSet = Object.entries(options.options ?? {})
    .map(([name, value]) => `<w:Option Name="${name}">${value}</w:Option>`)
    .join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
  xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
  xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
  xmlns:rsp="${RSP}">
  <s:Header>
    <a:To>https://localhost/wsman</a:To>
    <a:ReplyTo><a:Address s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
    <a:Action s:mustUnderstand="true">${action}</a:Action>
    <a:MessageID>${options.messageId ?? `uuid:${randomUUID()}`}</a:MessageID>
    <w:ResourceURI s:mustUnderstand="true">${options.resourceUri ?? `${RSP}/cmd`}</w:ResourceURI>
    <w:MaxEnvelopeSize s:mustUnderstand="true">${options.maxEnvelopeSize ?? 153600}</w:MaxEnvelopeSize>
    <w:OperationTimeout>${options.timeout ?? "PT20S"}</w:OperationTimeout>
    ${selectors}<w:OptionSet>${optionSet}</w:OptionSet>${options.header ?? ""}
  </s:Header>
  <s:Body>${body}</s:Body>
</s:Envelope>`;
}

export class RawClient {
  readonly agent = new Agent({ keepAlive: true });
  readonly #target: RawTarget;

  constructor(target: RawTarget) {
    this.#target = target;
  }

  /** Posts a body as it is. Rejects with the socket's error where the connection breaks. */
  post(body: string | Buffer, overrides: RequestOptions = {}): Promise<RawAnswer> {
    const { port, username, password, ca } = this.#target;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: "localhost",
          port,
          ca,
          agent: this.agent,
          method: "POST",
          path: "/wsman",
          ...overrides,
          headers: {
            "Content-Type": "application/soap+xml;charset=UTF-8",
            Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
            ...overrides.headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(chunks).toString("utf8"),
            }),
          );
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  send(operation: ShellOperation, body: string, options: EnvelopeOptions = {}): Promise<RawAnswer> {
    return this.post(envelope(operation, body, options));
  }

  async createShell(inner = "", options: EnvelopeOptions = {}): Promise<string> {
    const answer = await this.send("Create", `<rsp:Shell>${inner}</rsp:Shell>`, options);
    const shellId = /<rsp:ShellId>([^<]+)</.exec(answer.body)?.[1];
    if (shellId === undefined) throw new Error(`Create answered ${answer.status}: ${answer.body}`);
    return shellId;
  }

  async startCommand(shellId: string, command: string, args: string[] = [], skip = "FALSE"): Promise<string> {
    const answer = await this.command(shellId, command, args, skip);
    const commandId = /<rsp:CommandId>([^<]+)</.exec(answer.body)?.[1];
    if (commandId === undefined) throw new Error(`Command answered ${answer.status}: ${answer.body}`);
    return commandId;
  }

  command(shellId: string, command: string, args: string[] = [], skip = "FALSE"): Promise<RawAnswer> {
    const inner = args.map((argument) => `<rsp:Arguments>${argument}</rsp:Arguments>`).join("");
    return this.send(
      "Command",
      `<rsp:CommandLine><rsp:Command>${command}</rsp:Command>${inner}</rsp:CommandLine>`,
      { shellId, options: { WINRS_SKIP_CMD_SHELL: skip } },
    );
  }

  input(shellId: string, commandId: string, bytes: Uint8Array, end: boolean): Promise<RawAnswer> {
    const content = Buffer.from(bytes).toString("base64");
    return this.send(
      "Send",
      `<rsp:Send><rsp:Stream Name="stdin" CommandId="${commandId}" End="${end}">${content}</rsp:Stream></rsp:Send>`,
      { shellId },
    );
  }

  receive(shellId: string, commandId: string, options: EnvelopeOptions = {}): Promise<RawAnswer> {
    return this.send(
      "Receive",
      `<rsp:Receive><rsp:DesiredStream CommandId="${commandId}">stdout stderr</rsp:DesiredStream></rsp:Receive>`,
      { shellId, ...options },
    );
  }

  signal(shellId: string, commandId: string, code: string): Promise<RawAnswer> {
    return this.send(
      "Signal",
      `<rsp:Signal CommandId="${commandId}"><rsp:Code>${RSP}/signal/${code}</rsp:Code></rsp:Signal>`,
      { shellId },
    );
  }

  delete(shellId: string): Promise<RawAnswer> {
    return this.send("Delete", "", { shellId });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** The bytes of one stream in answers to Receive. */
export function streamBytes(body: string, name: "stdout" | "stderr"): Buffer {
  const elements = body.matchAll(new RegExp(`<rsp:Stream Name="${name}" [^>]*>([^<]*)<`, "g"));
  return Buffer.concat([...elements].map((match) => Buffer.from(match[1] ?? "", "base64")));
}

/** `f:WSManFault@Code` of an answer, or null. */
export function faultCode(answer: RawAnswer): number | null {
  const code = /<f:WSManFault [^>]*Code="(\d+)"/.exec(answer.body)?.[1];
  return code === undefined ? null : Number(code);
}
