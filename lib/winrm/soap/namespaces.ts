/** Names that WS-Management and its shell extension are made of (DSP0226, MS-WSMV 2.2.1, 3.1.4). */

export const NS = {
  soap: "http://www.w3.org/2003/05/soap-envelope",
  addressing: "http://schemas.xmlsoap.org/ws/2004/08/addressing",
  wsman: "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
  microsoft: "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd",
  shell: "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
} as const;

/** Prefixes that requests use. Answers may use any: they are read by namespace. */
export const PREFIXES = {
  "xmlns:s": NS.soap,
  "xmlns:a": NS.addressing,
  "xmlns:w": NS.wsman,
  "xmlns:p": NS.microsoft,
  "xmlns:rsp": NS.shell,
} as const;

export const ANONYMOUS = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";

/** The text shell: a process with stdin, stdout and stderr (MS-WSMV 3.1.4.5). */
export const CMD_SHELL = `${NS.shell}/cmd`;

export const ACTION = {
  create: "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create",
  delete: "http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete",
  command: `${NS.shell}/Command`,
  send: `${NS.shell}/Send`,
  receive: `${NS.shell}/Receive`,
  signal: `${NS.shell}/Signal`,
} as const;

export type Operation = keyof typeof ACTION;

export const SIGNAL_TERMINATE = `${NS.shell}/signal/terminate`;
export const COMMAND_DONE = `${NS.shell}/CommandState/Done`;
