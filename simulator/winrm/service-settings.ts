import type { AuthenticationScheme } from "./authentication/authentication-scheme";
import type { CbtHardeningLevel } from "./authentication/cbt-hardening";
import type { CertificateMapping } from "./authentication/certificate";

/** `winrm/config/service` of a simulated host, as far as it can be set. */
export interface ServiceSettings {
  /** Take what is neither sealed nor within TLS, and Basic over plain HTTP. */
  allowUnencrypted: boolean;
  cbtHardeningLevel: CbtHardeningLevel;
  /** After how many milliseconds without a request a connection no longer knows its client. */
  idleMs: number;
  /** Certificates of clients; where there are none the host asks for none. */
  certificateMappings: readonly CertificateMapping[];
  /** Further schemes, which are asked before Negotiate and Basic: Kerberos, where a test has a realm for it. */
  schemes: readonly AuthenticationScheme[];
}

export const DEFAULT_SERVICE_SETTINGS: ServiceSettings = {
  allowUnencrypted: false,
  cbtHardeningLevel: "relaxed",
  idleMs: 125_000,
  certificateMappings: [],
  schemes: [],
};
