import type { HostConfig } from "@/lib/domain/host-config";
import { Secret } from "@/lib/domain/secret";
import type { Credentials } from "@/lib/winrm/authentication/authenticators";
import type { WinrmEndpoint } from "@/lib/winrm/client";

/** How the WinRM client reaches a host that the configuration names. */
export function endpointOf(host: HostConfig): WinrmEndpoint {
  const { ca, fingerprint = null, clientCertificate = null, plaintext = false } = host;
  return {
    ...credentialsOf(host),
    url: new URL("/wsman", host.address).href,
    tls: {
      ...(ca === null ? {} : { ca }),
      ...(fingerprint === null ? {} : { fingerprint }),
      ...(clientCertificate === null ? {} : { certificate: clientCertificate }),
    },
    allowPlaintextThatTheNetworkCanReadAndChange: plaintext,
  };
}

function credentialsOf({ authentication = "basic", username, password }: HostConfig): Credentials {
  switch (authentication) {
    case "certificate":
      return { authentication };
    case "kerberos":
      return { authentication, ...(username === null ? {} : { username }) };
    default:
      // The configuration does not load without both.
      return { authentication, username: username ?? "", password: password ?? new Secret("") };
  }
}
