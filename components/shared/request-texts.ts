import { addressOf, type InputOf, type OperationName } from "@/lib/client/call";
import type { JsonObject } from "@/lib/domain/json";
import { visibleJson } from "@/lib/domain/visible-text";

/** A request of the API, to be shown. */
export interface ShownRequest {
  method: string;
  /** Below `/api/v1`, with its query, percent-encoded. */
  address: string;
  headers: Record<string, string>;
  /** null: it has none. */
  body: JsonObject | null;
}

interface Particulars {
  /** What `If-Match` says; null: the request does not ask which version it changes. */
  version?: string | null;
  /** The members of the body that are never written down. */
  secrets?: ReadonlySet<string>;
}

/**
 * The request that `call` would make of the same two arguments. Each secret in it is replaced by a placeholder,
 * `<guest_la_pw>`: the API refuses one that was not filled in.
 */
export function shownRequest<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  { version = null, secrets = new Set() }: Particulars = {},
): ShownRequest {
  const { method, address, body } = addressOf(name, input);
  return {
    method,
    address,
    headers: version === null ? {} : { "If-Match": version },
    body: body === undefined ? null : withPlaceholders(body as JsonObject, secrets),
  };
}

function withPlaceholders(body: JsonObject, secrets: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, secrets.has(name) ? `<${name}>` : value]),
  );
}

/** One request in the forms in which people keep requests. */
export interface RequestTexts {
  /** Its body; null: it has none. */
  json: string | null;
  curl: string;
  powershell: string;
}

/** @param origin of the server, `https://aetherv.example.com` */
export function requestTexts(request: ShownRequest, origin: string): RequestTexts {
  return {
    json: request.body === null ? null : jsonText(request.body),
    curl: curlText(request, origin),
    powershell: powershellText(request, origin),
  };
}

/** For the shells of Unix. JSON escapes line breaks, so that no value can end the here-document. */
export function curlText({ method, address, headers, body }: ShownRequest, origin: string): string {
  const url = `${origin}/api/v1${address}`;
  // What curl would take for a pattern of several addresses.
  const globoff = /[{}[\]]/.test(url) ? "--globoff " : "";
  const lines = [`curl ${globoff}--silent --show-error --fail-with-body ${quotedForSh(url)}`];
  if (method !== (body === null ? "GET" : "POST")) lines.push(`  --request ${method}`);
  const sent = body === null ? headers : { ...headers, "Content-Type": "application/json" };
  for (const [name, value] of Object.entries(sent)) {
    lines.push(`  --header ${quotedForSh(`${name}: ${value}`)}`);
  }
  if (body === null) return lines.join(" \\\n");
  lines.push("  --data-binary @- <<'REQUEST'");
  return `${lines.join(" \\\n")}\n${jsonText(body)}\nREQUEST`;
}

/**
 * For Windows PowerShell 5.1 and later, where a body is bytes: of a text, 5.1 would send the characters outside
 * Latin-1 as question marks. JSON escapes line breaks, so that no value can end the here-string.
 */
function powershellText({ method, address, headers, body }: ShownRequest, origin: string): string {
  const name = method.slice(0, 1) + method.slice(1).toLowerCase();
  const lines = [
    `Invoke-RestMethod -Method ${name} -Uri ${quotedForPowerShell(`${origin}/api/v1${address}`)}`,
  ];
  const pairs = Object.entries(headers).map((header) => header.map(quotedForPowerShell).join(" = "));
  if (pairs.length > 0) lines.push(`  -Headers @{ ${pairs.join("; ")} }`);
  if (body === null) return lines.join(" `\n");
  lines.push("  -ContentType 'application/json; charset=utf-8'");
  lines.push("  -Body ([Text.Encoding]::UTF8.GetBytes($request))");
  return `$request = @'\n${jsonText(body)}\n'@\n${lines.join(" `\n")}`;
}

function jsonText(body: JsonObject): string {
  return visibleJson(JSON.stringify(body, null, 2));
}

function quotedForSh(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** PowerShell takes the typographic quotes for single quotes, too. */
function quotedForPowerShell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
