import type { HttpResponse } from "./authentication/auth";
import { WinrmError } from "./errors";

/** The schemes that a 401 offers, as written, in the host's order, each once. */
export function offeredSchemes({ headers }: Pick<HttpResponse, "headers">): string[] {
  const challenges = [headers["www-authenticate"] ?? []].flat().join(", ");
  const names = [...challenges.matchAll(/(?:^|,\s*)([A-Za-z][\w-]*)(?=\s|,|$)(?!\s*=)/g)];
  return [...new Set(names.map(([, name = ""]) => name))];
}

/** The token that an answer carries for one of these schemes; null: none. */
export function tokenFor({ headers }: Pick<HttpResponse, "headers">, scheme: string): Buffer | null {
  for (const challenge of [headers["www-authenticate"] ?? []].flat().flatMap((text) => text.split(","))) {
    const [name = "", token = "", ...more] = challenge.trim().split(/\s+/);
    if (name.toLowerCase() !== scheme.toLowerCase() || more.length > 0) continue;
    if (/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return Buffer.from(token, "base64");
  }
  return null;
}

/** What a scheme proves who the client is with, in words. */
export type Proof = "user name or password" | "Kerberos ticket";

/** For a 401 after the credentials were sent, or one that shows that they need not be. */
export function refusedCredentials(response: HttpResponse, scheme: string, proof: Proof): WinrmError {
  const offered = offeredSchemes(response);
  const offers = offered.some((name) => name.toLowerCase() === scheme.toLowerCase());
  if (offered.length > 0 && !offers) return notOffered(scheme, offered);
  return new WinrmError("authentication", `The host refused the ${proof} (${scheme}).`, {
    reason: "wrong_credentials",
    next: proof === "Kerberos ticket" ? NEXT_FOR_TICKET : scheme === "Basic" ? NEXT_FOR_BASIC : NEXT_FOR_NTLM,
  });
}

const NEXT_FOR_BASIC =
  "Check the user name and the password. Basic takes local accounts only: for an account of a domain use Negotiate.";
const NEXT_FOR_NTLM =
  "Check the user name (DOMAIN\\user, or user for a local account) and the password, and that the account may log on over the network. If both are right: a proxy that ends TLS between client and host breaks the channel binding.";
const NEXT_FOR_TICKET =
  "Check that the account may log on to the host over the network, that both clocks are right, and that HTTP/name belongs to the host's own account (setspn -Q HTTP/name). A host with CbtHardeningLevel Strict wants a channel binding, which Kerberos does not send here: use Negotiate.";

/** The host does not offer the scheme: what it offers, and how to get together. */
export function notOffered(scheme: string, offered: readonly string[]): WinrmError {
  const message =
    offered.length === 0
      ? `The host does not offer ${scheme} authentication.`
      : `The host does not offer ${scheme} authentication; it offers ${listOf(offered)}.`;
  return new WinrmError("authentication", message, {
    reason: "scheme_not_offered",
    next: `Let the client use a scheme that the host offers, or allow ${scheme} on the host: Set-Item -Path WSMan:\\localhost\\Service\\Auth\\${scheme} -Value $true`,
  });
}

function listOf(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** For an HTTP status that is no answer of WS-Management. */
export function refusedRequest(status: number): WinrmError {
  switch (status) {
    case 400:
      return new WinrmError("protocol", "The host answered 400: it could not read the request.", {
        next: "Look for a proxy between client and host, which must leave requests and their connection as they are.",
      });
    case 403:
      return new WinrmError("access_denied", "The host answered 403: access is denied.", {
        next: "Check that the listener takes requests from this machine: the WinRM service's IPv4Filter and IPv6Filter, and proxies between.",
      });
    case 404:
      return new WinrmError("protocol", "The host answered 404: there is no WinRM service at this address.", {
        next: "Check the port: 5986 is WinRM's over https, 5985 over http.",
      });
    case 413:
      return new WinrmError("protocol", "The host answered 413: the request is larger than it accepts.", {
        next: "Bring the host's limit back to at least its default: Set-Item -Path WSMan:\\localhost\\MaxEnvelopeSizekb -Value 500",
      });
    case 503:
      return new WinrmError("unreachable", "The host answered 503: its WinRM service is not available.", {
        next: "Start the service on the host: Start-Service -Name WinRM",
      });
    default:
      return new WinrmError("protocol", `The host answered HTTP ${status}.`, {
        sent: status >= 500,
        next: "Look into the host's own log: Event Viewer, Microsoft-Windows-WinRM/Operational.",
      });
  }
}
