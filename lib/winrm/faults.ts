import type { WinrmErrorKind } from "./errors";
import type { SoapFault } from "./soap/soap-fault";

interface KnownFault {
  kind: WinrmErrorKind;
  means: string;
  /** What the reader can do about it; null: nothing is known that helps. */
  next: string | null;
}

const FAULT_TIMED_OUT = 2150858793;
export const FAULT_SHELL_NOT_FOUND = 2150858843;
export const FAULT_ABORTED = 995;

const SHELL_SETTING = "WSMan:\\localhost\\Shell";
const quota = (means: string, next: string): KnownFault => ({ kind: "quota", means, next });
const denied: KnownFault = {
  kind: "access_denied",
  means: "access is denied",
  next: "Make the account an administrator of the host, or a member of Remote Management Users. For local accounts the host must also keep administrators' rights in remote calls: LocalAccountTokenFilterPolicy = 1.",
};
const credentials: KnownFault = {
  kind: "authentication",
  means: "the user name or password is wrong",
  next: "Check the user name and the password, and that the account is enabled.",
};
const fault = (means: string, next: string | null = null): KnownFault => ({ kind: "fault", means, next });
const parameter = fault("a parameter is not valid");
const plugin = quota(
  "a quota of the plug-in is used up",
  "Wait until other work of this user on the host has ended; if it stays, look at the quotas of the plug-in: Get-ChildItem -Path WSMan:\\localhost\\Plugin\\microsoft.powershell\\Quotas",
);

/** Codes that clients meet: WS-Management's own (MS-WSMV 2.2.4.43, wsmerror.h) and Win32's. */
const KNOWN_FAULTS: ReadonlyMap<number, KnownFault> = new Map([
  [5, denied],
  [87, parameter],
  [FAULT_ABORTED, fault("the operation was aborted")],
  [1326, credentials],
  [
    2147942402,
    fault(
      "the program was not found",
      "Check that the program is on the host, and on the path of the account.",
    ),
  ],
  [2147942405, denied],
  [2147942487, parameter],
  [
    2147942606,
    fault(
      "the command line is too long",
      "Send what is long to the process's stdin: a command line holds 8,191 characters.",
    ),
  ],
  [2147943726, credentials],
  [FAULT_TIMED_OUT, fault("the operation timed out without output")],
  [2150858817, fault("the request does not match the schema")],
  [
    FAULT_SHELL_NOT_FOUND,
    fault(
      "the shell does not exist, or no longer",
      "Open another shell: the host ends one that was idle for too long, and all of them when WinRM restarts.",
    ),
  ],
  [
    2150859173,
    quota(
      "too many shells for this user",
      `Wait until shells of this user have ended; if it stays: Set-Item -Path ${SHELL_SETTING}\\MaxShellsPerUser -Value 30`,
    ),
  ],
  [
    2150859174,
    quota(
      "too many operations for this user",
      "Delete the shells of this user on the host: operations are counted until their shell is gone. The limit is WSMan:\\localhost\\Service\\MaxConcurrentOperationsPerUser.",
    ),
  ],
  [
    2150859175,
    quota("the user's quota is used up", "Wait until other work of this user on the host has ended."),
  ],
  [
    2150859176,
    quota("the system's quota is used up", "Wait until work of other users on the host has ended."),
  ],
  [
    2150859179,
    quota(
      "too many users with shells",
      `Wait until other users have closed their shells; if it stays: Set-Item -Path ${SHELL_SETTING}\\MaxConcurrentUsers -Value 10`,
    ),
  ],
  ...[2150859236, 2150859237, 2150859238, 2150859239, 2150859240, 2150859241].map(
    (code): [number, KnownFault] => [code, plugin],
  ),
]);

/** What a fault means for the caller; a code that is not known is a plain fault. */
export function classifyFault(soapFault: SoapFault): KnownFault {
  const known = soapFault.code === null ? undefined : KNOWN_FAULTS.get(soapFault.code);
  if (known) return known;
  const subcode = soapFault.subcode?.replace(/^.*:/, "");
  if (subcode === "AccessDenied") return denied;
  if (subcode === "QuotaLimit")
    return quota("a quota is used up", "Wait until other work on the host has ended.");
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
