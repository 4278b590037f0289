import type { Secret } from "./secret";

/** How AetherV logs on to a host. */
export type HostAuthentication = "basic" | "negotiate" | "ntlm" | "kerberos" | "certificate";

/** A Hyper-V host that the configuration names, and how to reach it. */
export interface HostConfig {
  /** What `target_host` takes and the pages show. Unique within the configuration, whatever its case. */
  name: string;
  /** Its WinRM listener: `https://name:5986`, or `http://name:5985` with `negotiate` and `ntlm`, which encrypt. */
  address: string;
  /** Absent: `basic`. */
  authentication?: HostAuthentication;
  /**
   * An administrator of the host; with `basic` a local account. null: the certificate says who it is, or the Kerberos
   * ticket.
   */
  username: string | null;
  /** null with `kerberos` and `certificate`. */
  password: Secret | null;
  /** PEM of the certificate authority that the host's certificate must come from; null: the system's own list. */
  ca: string | null;
  /** SHA-256 of the host's certificate, in place of `ca`. */
  fingerprint?: string | null;
  /** With `certificate`: PEM of the client's certificate and of its key. */
  clientCertificate?: { chain: string; key: Secret } | null;
  /** Over http: messages are not encrypted, because the configuration says so in so many words. */
  plaintext?: boolean;
}
