import { WinrmError } from "../errors";
import { offeredSchemes } from "../refusals";
import { type Authentication, type Authenticator, type HttpResponse, type Post, SOAP } from "./auth";

/** DSP0226 C.3.4 (HTTPS with mutual authentication by certificates). */
const MUTUAL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

/**
 * The certificate that the client showed within TLS is who it is: the host has mapped it to one of its accounts
 * (`winrm/config/service/certmapping`).
 */
export class CertificateAuthenticator implements Authenticator, Authentication {
  connect(): Authentication {
    return this;
  }

  async exchange(post: Post, body: Buffer): Promise<HttpResponse> {
    const response = await post({ authorization: MUTUAL, "content-type": SOAP }, body);
    if (response.status !== 401 && response.status !== 403) return response;
    const offered = offeredSchemes(response);
    throw new WinrmError(
      "authentication",
      `The host answered ${response.status}: it takes this certificate for no account.`,
      {
        reason: "certificate_not_mapped",
        next: `On the host: allow certificates (Set-Item -Path WSMan:\\localhost\\Service\\Auth\\Certificate -Value $true), trust the certificate's authority (Root store; a certificate of its own also in TrustedPeople), and map it to a local account (New-Item -Path WSMan:\\localhost\\ClientCertificate, with its subject and issuer).${offered.length > 0 ? ` Without a certificate the host offers ${offered.join(", ")}.` : ""}`,
      },
    );
  }
}
