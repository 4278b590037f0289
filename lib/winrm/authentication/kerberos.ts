import { WinrmError, type WinrmErrorReason } from "../errors";
import type { SecurityContext } from "./security-context";
import { TokenError } from "./token-error";

/** What is used of the npm package `kerberos` 7, which wraps GSS-API (MIT, Heimdal) or SSPI (Windows). */
interface KerberosPackage {
  GSS_C_MUTUAL_FLAG: number;
  GSS_C_REPLAY_FLAG: number;
  GSS_C_SEQUENCE_FLAG: number;
  GSS_C_INTEG_FLAG: number;
  GSS_MECH_OID_KRB5: number;
  initializeClient(
    service: string,
    options: { flags: number; mechOID: number; principal?: string },
  ): Promise<KerberosClient>;
}

interface KerberosClient {
  /** Base64 both ways. */
  step(challenge: string): Promise<string | null>;
  contextComplete: boolean;
  /** `user@REALM`, once complete. */
  username: string;
}

export interface KerberosOptions {
  /** `user@REALM`; null: whoever the ticket cache belongs to. */
  principal: string | null;
  /** `HTTP@hv01.example.com`, as GSS-API writes a service of a host. */
  service: string;
}

/**
 * The client's side of Kerberos (RFC 4120, RFC 4559), with mutual authentication: the host has to prove that it
 * holds the service's key. The ticket comes from the cache or the client keytab of the process (`KRB5CCNAME`,
 * `KRB5_CLIENT_KTNAME`). Seals nothing: the package wraps whole tokens only, so it is for https.
 */
export class KerberosContext implements SecurityContext {
  readonly #options: KerberosOptions;
  readonly sealer = null;
  #client: KerberosClient | null = null;

  constructor(options: KerberosOptions) {
    this.#options = options;
  }

  /** The first token is the last: the host's own only proves the host. */
  get isLastToken(): boolean {
    return this.#client !== null;
  }

  get isComplete(): boolean {
    return this.#client?.contextComplete ?? false;
  }

  async step(token: Buffer | null): Promise<Buffer | null> {
    if (token === null) {
      const { principal, service } = this.#options;
      const library = await loadPackage();
      this.#client = await begin(library, principal, service).catch((error: unknown) => {
        throw cannotBegin(error, this.#options);
      });
    }
    const next = await this.#advance(token);
    if (this.isComplete) this.#checkPrincipal();
    return next === "" ? null : Buffer.from(next, "base64");
  }

  /** Where several mechanisms have credentials, GSS-API may take the default ticket for the one that was asked for. */
  #checkPrincipal(): void {
    const { principal, service } = this.#options;
    const actual = this.#client?.username ?? "";
    if (principal === null || actual === principal || actual.startsWith(`${principal}@`)) return;
    throw new WinrmError(
      "authentication",
      `Kerberos logged on to ${service} as ${actual}, not as ${principal}.`,
      {
        sent: true,
        reason: "no_ticket",
        next: NEXT_FOR_TICKET,
      },
    );
  }

  async #advance(token: Buffer | null): Promise<string> {
    try {
      return (await this.#client?.step(token?.toString("base64") ?? "")) ?? "";
    } catch (error) {
      if (token === null) throw cannotBegin(error, this.#options);
      throw new TokenError(`Kerberos says: ${messageOf(error)}`);
    }
  }
}

function begin(library: KerberosPackage, principal: string | null, service: string): Promise<KerberosClient> {
  const { GSS_C_MUTUAL_FLAG, GSS_C_REPLAY_FLAG, GSS_C_SEQUENCE_FLAG, GSS_C_INTEG_FLAG } = library;
  return library.initializeClient(service, {
    flags: GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG | GSS_C_INTEG_FLAG,
    mechOID: library.GSS_MECH_OID_KRB5,
    ...(principal === null ? {} : { principal }),
  });
}

/** Through a variable: neither the compiler nor a bundler may insist on a package that is optional. */
const PACKAGE: string = "kerberos";

async function loadPackage(): Promise<KerberosPackage> {
  try {
    const { default: library } = await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ PACKAGE);
    return library as KerberosPackage;
  } catch (error) {
    throw new WinrmError(
      "authentication",
      "Kerberos needs the npm package kerberos, which is not installed here.",
      {
        reason: "kerberos_missing",
        next: "Install what it is built from, and install again: apt-get install libkrb5-dev g++ make python3, then npm install. See docs/configuration.md.",
        cause: error,
      },
    );
  }
}

const NEXT_FOR_TICKET =
  "Get a ticket (kinit) in the cache that KRB5CCNAME names, or give the server a client keytab (KRB5_CLIENT_KTNAME).";

/** What GSS-API says where it cannot begin, and what it means. */
const CAUSES: readonly { says: RegExp; reason: WinrmErrorReason; means: string; next: string }[] = [
  {
    says: /clock skew/i,
    reason: "clock_skew",
    means: "the clocks of this machine and the KDC differ by more than Kerberos allows.",
    next: "Set the clock of this machine by the domain's time server (5 minutes are the most that Kerberos allows).",
  },
  {
    says: /server not found|not found in kerberos database/i,
    reason: "principal_unknown",
    means: "the KDC knows no such service.",
    next: "Connect by the name that the host has in its domain: the KDC must know HTTP/name (setspn -L on the host shows it).",
  },
  {
    says: /cannot (?:find|contact|resolve).*KDC|any KDC/i,
    reason: "kdc_unreachable",
    means: "no KDC of the realm answers.",
    next: "Check the realm in /etc/krb5.conf (or its DNS records), and that this machine reaches a domain controller on port 88.",
  },
  {
    says: /expired/i,
    reason: "no_ticket",
    means: "the ticket has expired.",
    next: "Get a new one (kinit), or give the server a client keytab (KRB5_CLIENT_KTNAME), from which it gets its own.",
  },
  {
    says: /no (?:kerberos )?credentials|credentials? cache|no key table|can't find client principal|keytab/i,
    reason: "no_ticket",
    means: "there is no ticket for this account.",
    next: NEXT_FOR_TICKET,
  },
];

function cannotBegin(error: unknown, { service, principal }: KerberosOptions): WinrmError {
  const said = messageOf(error);
  const known = CAUSES.find(({ says }) => says.test(said));
  const whom = principal === null ? "" : ` as ${principal}`;
  return new WinrmError(
    "authentication",
    `Kerberos cannot log on to ${service}${whom}: ${known?.means ?? said}`,
    {
      reason: known?.reason ?? null,
      next: known?.next ?? "Try kinit and kvno on this machine, as the account that the server runs as.",
      cause: error,
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
