import { AethervError } from "@/lib/domain/errors";

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Who is answered, for those who are not. */
export const LOOPBACK_ONLY =
  "Until authentication is configured, AetherV answers only to localhost, 127.0.0.1 and [::1].";

/** Whether a `Host` header names this machine itself, as opposed to a name that happens to lead here. */
export function isLoopbackHost(host: string | null): boolean {
  return host !== null && LOOPBACK_HOST.test(host);
}

/**
 * Refuses a request by another name than this machine's own. Without it, a page of any site could
 * have its own name resolve to 127.0.0.1 and read the API as its own origin (DNS rebinding).
 *
 * @throws AethervError `foreign_origin`
 */
export function requireLoopbackHost(headers: Headers): void {
  if (isLoopbackHost(headers.get("host"))) return;
  throw new AethervError("foreign_origin", LOOPBACK_ONLY, {
    next: "Open http://localhost on the machine itself, or reach it through an SSH tunnel to its port.",
  });
}

/**
 * Refuses a change that a page of another site asks for. Browsers send `Origin` with every request
 * that can change something, and most send `Sec-Fetch-Site` too; scripts send neither.
 *
 * @throws AethervError `foreign_origin`
 */
export function requireSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const sameOrigin = origin === null || hostOf(origin) === headers.get("host")?.toLowerCase();
  const sameSite = site === null || site === "same-origin" || site === "none";
  if (sameOrigin && sameSite) return;
  throw new AethervError("foreign_origin", "A page of another site asked for this.");
}

function hostOf(origin: string): string | null {
  // "null" is what sandboxed pages and local files send.
  return /^https?:\/\/([^/]+)$/i.exec(origin)?.[1]?.toLowerCase() ?? null;
}
