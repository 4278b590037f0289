/** Namespaces and action URIs of WS-Management (DSP0226) and of its Windows extensions (MS-WSMV 2.2.1, 2.2.4). */

export const SOAP = "http://www.w3.org/2003/05/soap-envelope";
export const ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
export const TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
export const WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
export const WSMV = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
export const SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
export const WSMAN_FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";

export const CMD_RESOURCE = `${SHELL}/cmd`;
export const ANONYMOUS = `${ADDRESSING}/role/anonymous`;
export const FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
export const FAULT_DETAIL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail";

/** The operations of a shell, by the names used in the control API, with their action URIs. */
export const ACTIONS = {
  Create: `${TRANSFER}/Create`,
  Command: `${SHELL}/Command`,
  Send: `${SHELL}/Send`,
  Receive: `${SHELL}/Receive`,
  Signal: `${SHELL}/Signal`,
  Delete: `${TRANSFER}/Delete`,
} as const;

export type ShellOperation = keyof typeof ACTIONS;

/** The operation that an action URI stands for, or undefined. */
export function operationOf(action: string): ShellOperation | undefined {
  return (Object.keys(ACTIONS) as ShellOperation[]).find((name) => ACTIONS[name] === action);
}
