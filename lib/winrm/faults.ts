import type { WinrmErrorKind } from "./errors";
import type { SoapFault } from "./soap-fault";

interface KnownFault {
  kind: WinrmErrorKind;
  means: string;
}

const FAULT_TIMED_OUT = 2150858793;
export const FAULT_SHELL_NOT_FOUND = 2150858843;
export const FAULT_ABORTED = 995;

const quota = (means: string): KnownFault => ({ kind: "quota", means });
const denied: KnownFault = { kind: "access_denied", means: "access is denied" };
const fault = (means: string): KnownFault => ({ kind: "fault", means });

/** Codes that clients meet: WS-Management's own (MS-WSMV 2.2.4.43, wsmerror.h) and Win32's. */
const KNOWN_FAULTS: ReadonlyMap<number, KnownFault> = new Map([
  [5, denied],
  [87, fault("a parameter is not valid")],
  [FAULT_ABORTED, fault("the operation was aborted")],
  [1326, { kind: "authentication", means: "the user name or password is wrong" }],
  [2147942402, fault("the program was not found")],
  [2147942405, denied],
  [2147942487, fault("a parameter is not valid")],
  [2147942606, fault("the command line is too long")],
  [2147943726, { kind: "authentication", means: "the user name or password is wrong" }],
  [FAULT_TIMED_OUT, fault("the operation timed out without output")],
  [2150858817, fault("the request does not match the schema")],
  [FAULT_SHELL_NOT_FOUND, fault("the shell does not exist, or no longer")],
  [2150859173, quota("too many shells for this user")],
  [2150859174, quota("too many operations for this user")],
  [2150859175, quota("the user's quota is used up")],
  [2150859176, quota("the system's quota is used up")],
  [2150859179, quota("too many users with shells")],
  ...[2150859236, 2150859237, 2150859238, 2150859239, 2150859240, 2150859241].map(
    (code): [number, KnownFault] => [code, quota("a quota of the plug-in is used up")],
  ),
]);

/** What a fault means for the caller; a code that is not known is a plain fault. */
export function classifyFault(soapFault: SoapFault): KnownFault {
  const known = soapFault.code === null ? undefined : KNOWN_FAULTS.get(soapFault.code);
  if (known) return known;
  const subcode = soapFault.subcode?.replace(/^.*:/, "");
  if (subcode === "AccessDenied") return denied;
  if (subcode === "QuotaLimit") return quota("a quota is used up");
  return fault("no known code");
}

/** Whether the host only says that nothing happened yet: poll again. */
export function isTimedOut(soapFault: SoapFault): boolean {
  if (soapFault.code !== null) return soapFault.code === FAULT_TIMED_OUT;
  return soapFault.subcode?.replace(/^.*:/, "") === "TimedOut";
}

/** A sentence for a person: what was asked, the code, and what the host said. */
export function describeFault(operation: string, soapFault: SoapFault): string {
  const code = soapFault.code === null ? "" : ` ${soapFault.code}`;
  const said = soapFault.reason === "" ? "" : `: ${soapFault.reason}`;
  return `The host answered ${operation} with fault${code} (${classifyFault(soapFault).means})${said}`;
}
