import { AethervError } from "@/lib/domain/errors";
import type { Expectation } from "@/lib/provisioning/expectation";
import type { ApiCall } from "./call";

/** One entity tag (RFC 9110, 8.8.3), weak or strong. */
const TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/**
 * What the request expects of what it changes: `If-Match` with the ETag that a GET of it gave (RFC 9110, 13.1.1).
 * A weak tag matches nothing. undefined: it expects nothing.
 *
 * @throws AethervError `invalid_request`
 */
export function expectationOf(call: ApiCall): Expectation | undefined {
  const header = call.request.headers.get("if-match");
  if (header === null) return undefined;
  if (header.trim() === "*") return { versions: null };
  const tags = header.split(",").map((tag) => TAG.exec(tag.trim()));
  if (tags.includes(null)) {
    throw new AethervError("invalid_request", "If-Match is not a list of ETags.", {
      next: 'Send the ETag as it came, with its quotation marks, or "*".',
    });
  }
  const strong = tags.flatMap((match) => (match?.[1] === undefined ? [match?.[2] ?? ""] : []));
  return { versions: strong.map((tag) => tag.split(".", 1)[0] ?? "") };
}
