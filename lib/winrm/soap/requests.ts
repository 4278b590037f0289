import type { Request } from "./envelope";
import { SIGNAL_TERMINATE } from "./namespaces";
import { element } from "./xml-writer";

/** What a shell is created with (MS-WSMV 2.2.4.37). */
export interface ShellOptions {
  /** Seconds without a request after which the host removes the shell by itself. */
  idleSeconds?: number;
  workingDirectory?: string;
  environment?: Readonly<Record<string, string>>;
}

/** As long as the outcome of an operation whose contact was lost can still be of interest. */
const DEFAULT_IDLE_SECONDS = 900;

/** UTF-8 for what the process reads and writes. */
const CODE_PAGE_UTF8 = "65001";

/**
 * @param shellId the client's own choice, which Windows Server 2012 and later take (WSManCreateShellEx): so a shell
 *   can be deleted even if the answer to its creation was lost.
 */
export function createRequest(shellId: string, options: ShellOptions): Request {
  const variables = Object.entries(options.environment ?? {}).map(([name, value]) =>
    element("rsp:Variable", { Name: name }, value),
  );
  // The schema is a sequence: another order is answered with a schema validation error.
  const shell = element(
    "rsp:Shell",
    { ShellId: shellId },
    ...(variables.length > 0 ? [element("rsp:Environment", {}, ...variables)] : []),
    ...(options.workingDirectory === undefined
      ? []
      : [element("rsp:WorkingDirectory", {}, options.workingDirectory)]),
    element("rsp:IdleTimeOut", {}, `PT${options.idleSeconds ?? DEFAULT_IDLE_SECONDS}S`),
    element("rsp:InputStreams", {}, "stdin"),
    element("rsp:OutputStreams", {}, "stdout stderr"),
  );
  return {
    operation: "create",
    options: { WINRS_NOPROFILE: "FALSE", WINRS_CODEPAGE: CODE_PAGE_UTF8 },
    body: shell,
  };
}

/** Starts the process directly, without `cmd.exe` between, its stdin a pipe and not a console. */
export function commandRequest(shellId: string, command: string, args: readonly string[]): Request {
  return {
    operation: "command",
    shellId,
    options: { WINRS_CONSOLEMODE_STDIN: "FALSE", WINRS_SKIP_CMD_SHELL: "TRUE" },
    body: element(
      "rsp:CommandLine",
      {},
      element("rsp:Command", {}, command),
      ...args.map((argument) => element("rsp:Arguments", {}, argument)),
    ),
  };
}

/** @param end whether this is the last of stdin: the process then reads its end. */
export function sendRequest(shellId: string, commandId: string, bytes: Uint8Array, end: boolean): Request {
  const attributes = { Name: "stdin", CommandId: commandId, ...(end ? { End: "true" } : {}) };
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  return {
    operation: "send",
    shellId,
    body: element("rsp:Send", {}, element("rsp:Stream", attributes, ...(data === "" ? [] : [data]))),
  };
}

export function receiveRequest(shellId: string, commandId: string): Request {
  return {
    operation: "receive",
    shellId,
    options: { WSMAN_CMDSHELL_OPTION_KEEPALIVE: "TRUE" },
    body: element("rsp:Receive", {}, element("rsp:DesiredStream", { CommandId: commandId }, "stdout stderr")),
  };
}

export function terminateRequest(shellId: string, commandId: string): Request {
  return {
    operation: "signal",
    shellId,
    body: element("rsp:Signal", { CommandId: commandId }, element("rsp:Code", {}, SIGNAL_TERMINATE)),
  };
}

export function deleteRequest(shellId: string): Request {
  return { operation: "delete", shellId };
}
