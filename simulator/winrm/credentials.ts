import { createHash, timingSafeEqual } from "node:crypto";

/** The one account that a simulated host knows. */
export interface Credentials {
  username: string;
  password: string;
}

/**
 * Whether an `Authorization` header carries these credentials as Basic (RFC 7617, UTF-8). The time it takes
 * tells nothing about them; user names are compared without regard to case, as Windows does.
 */
export function isAuthorized(header: string | undefined, expected: Credentials): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? "")?.[1] ?? "";
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const username = equal(decoded.slice(0, Math.max(colon, 0)).toLowerCase(), expected.username.toLowerCase());
  const password = equal(decoded.slice(colon + 1), expected.password);
  return colon !== -1 && username && password;
}

function equal(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
