import { formatDuration } from "@/lib/domain/amounts";
import type {
  CheckCause,
  CheckFact,
  ConnectionProbes,
  ConnectionStepName,
  StepFinding,
} from "@/lib/domain/host-check";
import type { HostConfig } from "@/lib/domain/host-config";
import { WinrmError, type WinrmErrorReason } from "@/lib/winrm/errors";
import { WinrmProbe } from "@/lib/winrm/probe";
import type { ShownCertificate } from "@/lib/winrm/transport/certificate";
import { endpointOf } from "./endpoint";
import { codeOf, reasonOf } from "./failure";

/** A certificate that ends sooner is worth a warning: it takes time to get another. */
const EXPIRES_SOON_MS = 30 * 24 * 3_600_000;

type Try = (signal: AbortSignal) => Promise<StepFinding>;

/** The way to a host over WinRM, tried as calls of agents go it. */
export class WinrmConnectionProbes implements ConnectionProbes {
  of(host: HostConfig): ReadonlyMap<ConnectionStepName, Try> {
    const probe = new WinrmProbe(endpointOf(host));
    const steps: [ConnectionStepName, Try][] = [
      ["name", (signal) => tryName(probe, signal)],
      ["tcp", (signal) => tryTcp(probe, signal)],
      ["tls", (signal) => tryTls(probe, host, signal)],
      ["authentication", (signal) => tryLogon(probe, host, signal)],
      ["shell", (signal) => tryShell(probe, signal)],
    ];
    return new Map(steps.map(([name, work]) => [name, (signal) => found(work, signal)]));
  }
}

/** A failure of the client is what a step has found. */
async function found(work: Try, signal: AbortSignal): Promise<StepFinding> {
  try {
    return await work(signal);
  } catch (error) {
    if (!(error instanceof WinrmError) || signal.aborted) throw error;
    return failed(error);
  }
}

async function tryName(probe: WinrmProbe, signal: AbortSignal): Promise<StepFinding> {
  try {
    const addresses = await probe.resolve(signal);
    const isAddress = addresses.length === 1 && addresses[0] === probe.host;
    const message = isAddress
      ? `${probe.host} is an address: no name has to be looked up.`
      : `${probe.host} is ${addresses.join(", ")}.`;
    return { state: "passed", message };
  } catch (error) {
    if (!(error instanceof WinrmError) || error.kind !== "unreachable") throw error;
    const message = `The name ${probe.host} leads nowhere: ${reasonOf(error)}`;
    return { ...failed(error, "name_unknown"), message, next: null };
  }
}

async function tryTcp(probe: WinrmProbe, signal: AbortSignal): Promise<StepFinding> {
  const port = `port ${probe.port} of ${probe.host}`;
  try {
    await probe.connect(signal);
    return { state: "passed", message: `Something listens on ${port}.` };
  } catch (error) {
    if (!(error instanceof WinrmError) || error.kind !== "unreachable") throw error;
    const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
    const cause = code === "ECONNREFUSED" ? "no_listener" : "no_answer";
    return { ...failed(error, cause), message: `No connection to ${port}: ${reasonOf(error)}`, next: null };
  }
}

async function tryTls(probe: WinrmProbe, host: HostConfig, signal: AbortSignal): Promise<StepFinding> {
  if (!probe.encrypted) {
    return host.plaintext
      ? {
          state: "warning",
          message: "Messages cross the network readable and changeable, because the configuration says so.",
          cause: "plaintext",
        }
      : { state: "passed", message: "The address is http: every message is encrypted by itself." };
  }
  const finding = await probe.secure(signal);
  const facts = finding.certificate === null ? [] : factsOf(finding.certificate);
  if (finding.trusted) return { ...expiry(finding.certificate, host), facts };
  const { error } = finding;
  const cause = error.reason === "fingerprint_mismatch" ? "fingerprint" : "certificate";
  const why =
    cause === "fingerprint" ? "It is not the one that the configuration pins." : sentence(reasonOf(error));
  return {
    ...failed(error, cause),
    message: `The certificate that ${probe.host} shows was not accepted. ${why}`,
    next: cause === "fingerprint" ? error.next : null,
    facts,
  };
}

function expiry({ validUntil }: ShownCertificate, host: HostConfig): StepFinding {
  const left = Date.parse(validUntil) - Date.now();
  const how = host.fingerprint
    ? "It is the certificate that the configuration pins."
    : "The certificate is valid for this name, and from an authority that AetherV trusts.";
  if (left > EXPIRES_SOON_MS || (host.fingerprint && left > 0)) return { state: "passed", message: how };
  const end = left > 0 ? `It ends in ${formatDuration(left)}.` : "It has ended.";
  return { state: "warning", message: `${how} ${end}`, cause: "certificate" };
}

function factsOf(shown: ShownCertificate): CheckFact[] {
  return [
    { name: "Subject", value: shown.subject },
    { name: "Names", value: shown.names },
    { name: "Issuer", value: shown.issuer },
    { name: "SHA-256 fingerprint", value: shown.fingerprint },
    { name: "Valid until", value: shown.validUntil },
  ].filter(({ value }) => value !== "");
}

async function tryLogon(probe: WinrmProbe, host: HostConfig, signal: AbortSignal): Promise<StepFinding> {
  const offered = await probe.offers(signal);
  const used = SCHEMES[host.authentication ?? "basic"];
  const facts: CheckFact[] = [
    { name: "Offered", value: offered.join(", ") || "nothing" },
    { name: "Used", value: used },
    ...(host.username === null ? [] : [{ name: "Account", value: host.username }]),
  ];
  try {
    const identity = await probe.logOn(signal);
    const service =
      identity === null ? [] : [{ name: "Service", value: `${identity.vendor}, ${identity.version}` }];
    return {
      state: "passed",
      message: `The host lets the account log on by ${used}.`,
      facts: [...facts, ...service],
    };
  } catch (error) {
    if (!(error instanceof WinrmError) || signal.aborted) throw error;
    return { ...failed(error), facts };
  }
}

const SCHEMES = {
  basic: "Basic",
  negotiate: "Negotiate",
  ntlm: "NTLM",
  kerberos: "Kerberos",
  certificate: "a client certificate",
} as const;

async function tryShell(probe: WinrmProbe, signal: AbortSignal): Promise<StepFinding> {
  await probe.openShell(signal);
  return { state: "passed", message: "A shell was opened and deleted again." };
}

function failed(error: WinrmError, cause: CheckCause = causeOf(error)): StepFinding {
  return { state: "failed", message: sentence(error.message), code: codeOf(error), next: error.next, cause };
}

const CAUSES: Partial<Record<WinrmErrorReason, CheckCause>> = {
  scheme_not_offered: "scheme_not_offered",
  unencrypted_refused: "plaintext",
  certificate_untrusted: "certificate",
  fingerprint_mismatch: "fingerprint",
};

function causeOf({ kind, reason }: WinrmError): CheckCause {
  const known = reason === null ? undefined : CAUSES[reason];
  if (known !== undefined) return known;
  switch (kind) {
    case "authentication":
      return "credentials";
    case "access_denied":
      return "access_denied";
    case "quota":
      return "quota";
    case "unreachable":
    case "contact_lost":
      return "no_answer";
    default:
      return "no_winrm";
  }
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
