import { type NextRequest, NextResponse } from "next/server";
import { isLoopbackHost, LOOPBACK_ONLY } from "@/lib/http/origin";
import { pageContentSecurityPolicy, SECURITY_HEADERS } from "@/lib/http/security-headers";

const DEVELOPMENT = process.env.NODE_ENV === "development";

/** Runs before every page: its security headers. The API's handlers see to their own. */
export function proxy(request: NextRequest): NextResponse {
  if (!isLoopbackHost(request.headers.get("host"))) {
    return new NextResponse(`${LOOPBACK_ONLY}\n`, { status: 403, headers: SECURITY_HEADERS });
  }
  // No page has anything to post to, and Next.js writes a stack to the log for each try at a server action.
  if (request.method !== "GET" && request.method !== "HEAD") {
    const headers = { ...SECURITY_HEADERS, Allow: "GET, HEAD" };
    return new NextResponse("Pages can only be read.\n", { status: 405, headers });
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = pageContentSecurityPolicy(nonce, DEVELOPMENT);
  const headers = new Headers(request.headers);
  // Next.js reads the nonce from the request's policy, and gives it to every script it writes.
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

export const config = { matcher: "/((?!api$|api/|_next/static/).*)" };
