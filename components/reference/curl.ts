import type { ReferenceOperation } from "./document";

/**
 * The operation as a command for a shell. What stands in braces is for the reader to fill in; the body is the
 * document's example, in which no value can end the here-document: JSON escapes line breaks.
 *
 * @param origin of the server, `https://aetherv.example.com`
 */
export function curlOf({ method, path, body, parameters }: ReferenceOperation, origin: string): string {
  const query = parameters.filter(({ place, required }) => place === "query" && required);
  const text = query.map(({ name }) => `${name}={${name}}`).join("&");
  const address = `'${origin}/api/v1${path}${text === "" ? "" : `?${text}`}'`;
  const lines = [`curl --globoff --silent --show-error --fail-with-body ${address}`];
  if (method !== (body === null ? "GET" : "POST")) lines.push(`  --request ${method}`);
  if (body === null) return lines.join(" \\\n");
  lines.push("  --header 'Content-Type: application/json'", "  --data-binary @- <<'REQUEST'");
  return `${lines.join(" \\\n")}\n${JSON.stringify(body.example ?? {}, null, 2)}\nREQUEST`;
}
