import type { Secret } from "./secret";

/** A Hyper-V host that the configuration names, and how to reach it. */
export interface HostConfig {
  /** What `target_host` takes and the pages show. Unique within the configuration, whatever its case. */
  name: string;
  /** Its WinRM HTTPS listener, `https://name:5986`; the certificate must be valid for this name. */
  address: string;
  /** A local administrator of the host: Basic authentication takes no accounts of a domain. */
  username: string;
  password: Secret;
  /** PEM of the certificate authority that the host's certificate must come from; null: the system's own list. */
  ca: string | null;
}
