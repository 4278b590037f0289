import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { deferred } from "./deferred";
import { createAuthority, type ServerCertificate } from "./tls-certificates";

const NS = {
  soap: "http://www.w3.org/2003/05/soap-envelope",
  addressing: "http://schemas.xmlsoap.org/ws/2004/08/addressing",
  wsman: "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
  shell: "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
};

export const SHELL_ID = "11111111-AAAA-4AAA-8AAA-000000000001";
export const COMMAND_ID = "22222222-BBBB-4BBB-8BBB-000000000002";

export const OPERATIONS = ["Create", "Command", "Send", "Receive", "Signal", "Delete"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One request as it arrived. Read with regular expressions: this shares no code with the client. */
export interface Seen {
  operation: Operation;
  messageId: string;
  xml: string;
  headers: IncomingMessage["headers"];
  request: IncomingMessage;
  response: ServerResponse;
  /** Size of the body that `answer` gave, in bytes. */
  answeredBytes: number;
}

export type Answer = (seen: Seen) => void | Promise<void>;

/** A WinRM endpoint whose every answer a test can replace. By default a process that reads its stdin and ends with 0. */
export class WinrmDouble {
  readonly seen: Seen[] = [];
  readonly #ended = deferred<void>();
  readonly url: string;
  readonly ca: string;
  readonly #server: Server;
  readonly #answers: Record<Operation, Answer> = {
    Create: (seen) => answer(seen, created()),
    Command: (seen) => answer(seen, commandResponse()),
    Send: (seen) => answer(seen, "<rsp:SendResponse/>"),
    Receive: async (seen) => {
      await this.stdinEnded;
      answer(seen, received([], 0));
    },
    Signal: (seen) => answer(seen, "<rsp:SignalResponse/>"),
    Delete: (seen) => answer(seen, ""),
  };

  private constructor(server: Server, ca: string) {
    this.#server = server;
    this.ca = ca;
    this.url = `https://localhost:${(server.address() as AddressInfo).port}/wsman`;
    server.on("request", (request, response) => void this.#serve(request, response));
  }

  static async start(certificate?: ServerCertificate & { ca: string }): Promise<WinrmDouble> {
    const authority = certificate ? null : await createAuthority();
    const tls = certificate ?? (await authority?.issue(["localhost"]));
    const server = createServer({ ...tls });
    server.on("tlsClientError", () => undefined);
    server.listen(0, "localhost");
    await once(server, "listening");
    return new WinrmDouble(server, certificate?.ca ?? authority?.ca ?? "");
  }

  on(operation: Operation, reply: Answer): this {
    this.#answers[operation] = reply;
    return this;
  }

  /** The operations in the order in which they arrived. */
  get operations(): Operation[] {
    return this.seen.map((item) => item.operation);
  }

  count(operation: Operation): number {
    return this.operations.filter((item) => item === operation).length;
  }

  /** Fulfilled once the client has sent the end of stdin. */
  get stdinEnded(): Promise<void> {
    return this.#ended.promise;
  }

  /** What the client sent as stdin, put together. */
  get stdin(): Buffer {
    const sends = this.seen.filter((item) => item.operation === "Send");
    return Buffer.concat(
      sends.map((item) => Buffer.from(/<rsp:Stream[^>]*>([^<]*)</.exec(item.xml)?.[1] ?? "", "base64")),
    );
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const xml = Buffer.concat(chunks).toString("utf8");
    const action = /<a:Action[^>]*>([^<]*)</.exec(xml)?.[1] ?? "";
    const operation = OPERATIONS.find((name) => action.endsWith(`/${name}`));
    const messageId = /<a:MessageID>([^<]*)</.exec(xml)?.[1] ?? "";
    if (!operation) throw new Error(`The test double got an unknown action: ${action}`);
    const seen: Seen = {
      operation,
      messageId,
      xml,
      headers: request.headers,
      request,
      response,
      answeredBytes: 0,
    };
    this.seen.push(seen);
    if (operation === "Send" && xml.includes('End="true"')) this.#ended.resolve();
    await this.#answers[operation](seen);
  }
}

/** Answers with this SOAP body. */
export function answer(seen: Seen, body: string, status = 200, relatesTo = seen.messageId): void {
  seen.response.writeHead(status, { "content-type": "application/soap+xml;charset=UTF-8" });
  const text = envelope(body, relatesTo);
  seen.answeredBytes = Buffer.byteLength(text);
  seen.response.end(text);
}

export function envelope(body: string, relatesTo: string): string {
  return (
    `<s:Envelope xmlns:s="${NS.soap}" xmlns:a="${NS.addressing}" xmlns:w="${NS.wsman}" xmlns:rsp="${NS.shell}">` +
    `<s:Header><a:RelatesTo>${relatesTo}</a:RelatesTo></s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

export function created(): string {
  return (
    `<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer"><a:Address>https://localhost/wsman</a:Address>` +
    `<a:ReferenceParameters><w:SelectorSet><w:Selector Name="ShellId">${SHELL_ID}</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>` +
    `<rsp:Shell><rsp:ShellId>${SHELL_ID}</rsp:ShellId></rsp:Shell>`
  );
}

export function commandResponse(): string {
  return `<rsp:CommandResponse><rsp:CommandId>${COMMAND_ID}</rsp:CommandId></rsp:CommandResponse>`;
}

/** @param exitCode null: still running */
export function received(
  streams: [name: string, bytes: Uint8Array | string][],
  exitCode: number | null,
): string {
  const items = streams.map(([name, bytes]) => {
    const data = Buffer.from(bytes as string).toString("base64");
    return `<rsp:Stream Name="${name}" CommandId="${COMMAND_ID}">${data}</rsp:Stream>`;
  });
  const state =
    exitCode === null
      ? `<rsp:CommandState CommandId="${COMMAND_ID}" State="${NS.shell}/CommandState/Running"/>`
      : `<rsp:Stream Name="stdout" CommandId="${COMMAND_ID}" End="true"/><rsp:CommandState CommandId="${COMMAND_ID}" State="${NS.shell}/CommandState/Done"><rsp:ExitCode>${exitCode}</rsp:ExitCode></rsp:CommandState>`;
  return `<rsp:ReceiveResponse>${items.join("")}${state}</rsp:ReceiveResponse>`;
}

/** A fault with its code in a `WSManFault`, as the WinRM service itself answers. */
export function wsmanFault(code: number, subcode: string, reason: string): string {
  const detail = `<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="${code}" Machine="localhost"><f:Message>${reason}</f:Message></f:WSManFault>`;
  return soapFault(subcode, reason, detail);
}

/** A fault with its code in an `MSFT_WmiError`, as plug-ins answer. */
export function wmiFault(code: number, subcode: string, reason: string): string {
  const detail = `<p:MSFT_WmiError xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/microsoft/windows/wsman/MSFT_WmiError"><p:error_Code xmlns:t="http://www.w3.org/2001/XMLSchema" t:type="uint32">${code}</p:error_Code></p:MSFT_WmiError>`;
  return soapFault(subcode, reason, detail);
}

function soapFault(subcode: string, reason: string, detail: string): string {
  return `<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en-US">${reason}</s:Text></s:Reason><s:Detail>${detail}</s:Detail></s:Fault>`;
}
