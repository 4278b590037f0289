/** On every answer of ours, page or API. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** What the API answers is data: a browser that takes it for a page may run and show nothing of it. */
export const API_CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * The policy of a page (CSP level 3). Scripts run only with this response's nonce, or when a script
 * that has it loads them: Next's chunks, and the form's validators (`import()`). Styles come from our own
 * files alone: what must be placed by numbers (popups, the rows of long lists) is drawn in the browser and
 * placed by script, which the policy leaves alone, and never by a `style` attribute in the server's markup.
 *
 * @param nonce fresh for every response
 * @param development React's development build needs `eval` for its error messages, and the
 *   development server sends styles inline and news over a WebSocket
 */
export function pageContentSecurityPolicy(nonce: string, development: boolean): string {
  const directives = {
    "default-src": "'none'",
    "script-src": `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": development ? "'self' ws:" : "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
