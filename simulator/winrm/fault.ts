import { FAULT_DETAIL } from "./namespaces";

/** A SOAP fault as a Windows host answers it: DSP0226 section 14, MS-WSMV 2.2.4.43 (WSManFault). */
export class WsManFault extends Error {
  override readonly name = "WsManFault";
  /** `f:WSManFault@Code`: a Win32 or WS-Management error number. */
  readonly code: number;
  readonly role: "Sender" | "Receiver" | "VersionMismatch" | "MustUnderstand";
  /** Qualified with the prefix `w` or `a`; null: the fault has no subcode. */
  readonly subcode: string | null;
  readonly reason: string;
  /** Last part of the `w:FaultDetail` URI, where the fault has one. */
  readonly faultDetail: string | null;
  /** Set where the shell's plug-in failed, not the service: the message goes into `f:ProviderFault`. */
  readonly fromProvider: boolean;

  constructor(parts: FaultParts) {
    super(parts.message ?? parts.reason);
    this.code = parts.code;
    this.role = parts.role ?? "Sender";
    this.subcode = parts.subcode;
    this.reason = parts.reason;
    this.faultDetail = parts.faultDetail === undefined ? null : `${FAULT_DETAIL}/${parts.faultDetail}`;
    this.fromProvider = parts.fromProvider ?? false;
  }
}

export interface FaultParts {
  code: number;
  role?: WsManFault["role"];
  subcode: string | null;
  reason: string;
  /** What `f:Message` says; the reason if left out. */
  message?: string;
  faultDetail?: string;
  fromProvider?: boolean;
}

const INVALID_SELECTORS =
  "The WS-Management service cannot process the request because the request contained invalid selectors for the resource. ";

export function schemaFault(message: string): WsManFault {
  return new WsManFault({
    code: 2150858817,
    subcode: "w:SchemaValidationError",
    reason:
      "The SOAP XML in the message does not match the corresponding XML schema definition. Change the XML and retry. ",
    message,
  });
}

export function versionMismatchFault(): WsManFault {
  return new WsManFault({
    code: 2150858765,
    role: "VersionMismatch",
    subcode: null,
    reason: "The WS-Management service supports SOAP 1.2 only. Use the SOAP 1.2 envelope namespace. ",
  });
}

export function mustUnderstandFault(header: string): WsManFault {
  return new WsManFault({
    code: 2150858768,
    role: "MustUnderstand",
    subcode: null,
    reason: `The WS-Management service does not support the mustUnderstand header ${header}. `,
  });
}

export function actionNotSupportedFault(action: string): WsManFault {
  return new WsManFault({
    code: 2150858753,
    subcode: "a:ActionNotSupported",
    reason: `The action ${action} is not supported by the service. `,
  });
}

export function resourceNotFoundFault(resourceUri: string): WsManFault {
  return new WsManFault({
    code: 2150858752,
    subcode: "a:DestinationUnreachable",
    reason: `The WS-Management service cannot process the request. The service cannot find the resource identified by the resource URI ${resourceUri} and selectors. `,
    faultDetail: "InvalidResourceURI",
  });
}

export function shellNotFoundFault(shellId: string): WsManFault {
  return new WsManFault({
    code: 2150858843,
    subcode: "w:InvalidSelectors",
    reason: INVALID_SELECTORS,
    faultDetail: "UnexpectedSelectors",
    message: `The request for the Windows Remote Shell with ShellId ${shellId} failed because the shell was not found on the server. Possible causes are: the specified ShellId is incorrect or the shell no longer exists on the server. Provide the correct ShellId or create a new shell and retry the operation. `,
  });
}

export function selectorRequiredFault(): WsManFault {
  return new WsManFault({
    code: 2150858842,
    subcode: "w:InvalidSelectors",
    reason: INVALID_SELECTORS,
    faultDetail: "InsufficientSelectors",
    message:
      "The Windows Remote Shell cannot process the request because it requires the following selector: ShellId. Retry with the correct selector. ",
  });
}

export function commandNotFoundFault(): WsManFault {
  return new WsManFault({
    code: 2150858843,
    subcode: "w:InvalidSelectors",
    reason: INVALID_SELECTORS,
    faultDetail: "UnexpectedSelectors",
    message:
      "The Windows Remote Shell received a request to perform an operation on a command identifier that does not exist. Either the command has completed execution or the client specified an invalid command identifier. ",
  });
}

export function timedOutFault(): WsManFault {
  return new WsManFault({
    code: 2150858793,
    role: "Receiver",
    subcode: "w:TimedOut",
    reason:
      "The WS-Management service cannot complete the operation within the time specified in OperationTimeout. ",
  });
}

export function invalidOptionFault(name: string): WsManFault {
  return new WsManFault({
    code: 2150858835,
    subcode: "w:InvalidOptions",
    reason: `The WS-Management service cannot process the request because the option ${name} has an invalid value. `,
    faultDetail: "InvalidValue",
  });
}

export function quotaFault(code: number, message: string): WsManFault {
  return new WsManFault({ code, subcode: "w:QuotaLimit", reason: message });
}

/** Codes of quotas (wsmerror.h): those of users and of the service, and those of a plug-in. */
const QUOTA_CODES: readonly [first: number, last: number][] = [
  [2150859173, 2150859179],
  [2150859236, 2150859242],
];

/** A fault that a test planned, in the form that a host gives one of that code. */
export function plannedFault(code: number): WsManFault {
  if (code === timedOutFault().code) return timedOutFault();
  if (code === accessDeniedFault().code) return accessDeniedFault();
  if (QUOTA_CODES.some(([first, last]) => code >= first && code <= last)) {
    return quotaFault(code, "The WS-Management service cannot process the request. A quota is used up. ");
  }
  return providerFault(code, "The service encountered an internal error while processing the request. ");
}

/** E_ACCESSDENIED: the user is known, and may not do this. */
export function accessDeniedFault(): WsManFault {
  return new WsManFault({ code: 2147942405, subcode: "w:AccessDenied", reason: "Access is denied. " });
}

export function envelopeTooLargeFault(): WsManFault {
  return new WsManFault({
    code: 2150858823,
    subcode: "w:EncodingLimit",
    reason: "The MaxEnvelopeSize of the request is too small for the response. ",
    faultDetail: "MaxEnvelopeSize",
  });
}

/** A Receive that was under way when its command was signalled or its shell deleted: ERROR_OPERATION_ABORTED. */
export function abortedFault(): WsManFault {
  return providerFault(
    995,
    "The I/O operation has been aborted because of either a thread exit or an application request. ",
    "Receiver",
  );
}

export function invalidParameterFault(): WsManFault {
  return new WsManFault({
    code: 87,
    subcode: "w:InvalidParameter",
    reason: "The parameter is incorrect. ",
    faultDetail: "InvalidValue",
    fromProvider: true,
  });
}

/** A failure of the shell itself, for example a process that could not be started (MS-ERREF 2.2 numbers). */
export function providerFault(
  code: number,
  message: string,
  role: "Sender" | "Receiver" = "Receiver",
): WsManFault {
  return new WsManFault({ code, role, subcode: "w:InternalError", reason: message, fromProvider: true });
}
