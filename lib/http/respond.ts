import { createHash } from "node:crypto";
import type { ApiCall } from "./call";
import { API_CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from "./security-headers";

const API_HEADERS = { ...SECURITY_HEADERS, "Content-Security-Policy": API_CONTENT_SECURITY_POLICY };

/** With its charset, which JSON needs not: without one Windows PowerShell 5.1 reads it as Latin-1. */
const JSON_TYPE = "application/json; charset=utf-8";

/** An answer that nobody may keep. */
export function json(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: {
      ...API_HEADERS,
      "Content-Type": JSON_TYPE,
      "Cache-Control": "no-store",
      ...init.headers,
    },
  });
}

/** 202 for a job that was started: where to follow it. */
export function accepted(jobId: string): Response {
  return json({ job_id: jobId }, { status: 202, headers: { Location: `/api/v1/jobs/${jobId}` } });
}

/**
 * An answer that clients ask for again and again: 304 while nothing has changed (RFC 9110, 13.1.2).
 * The tag leaves `age_ms` out, which changes with every read and follows from `as_of`; it is a weak
 * tag therefore.
 */
export function conditional(call: ApiCall, body: unknown): Response {
  const withoutAges = JSON.stringify(body, (key, value: unknown) => (key === "age_ms" ? undefined : value));
  const digest = createHash("sha256").update(withoutAges).digest("base64url").slice(0, 27);
  return revised(call, digest, () => body);
}

/**
 * The same for what has a revision of its own: nothing is built or looked through where nothing has changed.
 * @param body is asked for only where it is sent
 */
export function revised(call: ApiCall, revision: string, body: () => unknown): Response {
  return unlessKept(call, revision, `W/"${revision}"`, body);
}

/**
 * The same for what can be changed under `If-Match` (`precondition.ts`): the tag is strong, and its part before the
 * first dot stays the same for as long as nothing of it has been changed.
 */
export function versioned(call: ApiCall, version: string, revision: string, body: () => unknown): Response {
  const tag = `${version}.${revision}`;
  return unlessKept(call, tag, `"${tag}"`, body);
}

function unlessKept(call: ApiCall, tag: string, etag: string, body: () => unknown): Response {
  const headers = { ETag: etag, "Cache-Control": "private, no-cache" };
  if (matches(call.request.headers.get("if-none-match"), tag)) {
    return new Response(null, { status: 304, headers: { ...API_HEADERS, ...headers } });
  }
  return json(body(), { headers });
}

function matches(ifNoneMatch: string | null, digest: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(",").some((tag) => {
    const wanted = tag.trim();
    return wanted === "*" || wanted.replace(/^W\//, "") === `"${digest}"`;
  });
}

/** What was asked for is at another address of this server, to be read there. */
export function redirect(path: `/${string}`): Response {
  const headers = { ...API_HEADERS, Location: path, "Cache-Control": "no-store" };
  return new Response(null, { status: 307, headers });
}

/** A script that is found by its own hash and so never changes. */
export function immutableScript(source: string): Response {
  return new Response(source, {
    headers: {
      ...API_HEADERS,
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
    },
  });
}
