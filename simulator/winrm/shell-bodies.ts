import { idleTimeOutText } from "./duration";
import { CMD_RESOURCE, SHELL } from "./namespaces";
import { escapeXml } from "./response";
import type { Shell } from "./shell";
import type { Output, OutputStream } from "./shell-process";

/** Body of a CreateResponse: ResourceCreated and Shell (MS-WSMV 2.2.4.37). */
export function createdBody(shell: Shell, address: string): string {
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

/** Body of a ReceiveResponse (MS-WSMV 2.2.4.27): streams, their ends, and the CommandState (2.2.4.9) with a signed exit code. */
export function receivedBody(commandId: string, wanted: ReadonlySet<OutputStream>, output: Output): string {
  const streams = output.chunks.map(({ stream, bytes }) => streamElement(commandId, stream, bytes));
  const ends = [...wanted].map(
    (stream) => `<rsp:Stream Name="${stream}" CommandId="${commandId}" End="true"></rsp:Stream>`,
  );
  const state =
    output.exitCode === null
      ? `<rsp:CommandState CommandId="${commandId}" State="${SHELL}/CommandState/Running"/>`
      : `${ends.join("")}<rsp:CommandState CommandId="${commandId}" State="${SHELL}/CommandState/Done"><rsp:ExitCode>${output.exitCode | 0}</rsp:ExitCode></rsp:CommandState>`;
  return `<rsp:ReceiveResponse>${streams.join("")}${state}</rsp:ReceiveResponse>`;
}

/** One `rsp:Stream` (MS-WSMV 2.2.4.40). */
export function streamElement(commandId: string, stream: OutputStream, bytes: Uint8Array): string {
  const content = Buffer.from(bytes).toString("base64");
  return `<rsp:Stream Name="${stream}" CommandId="${commandId}">${content}</rsp:Stream>`;
}
