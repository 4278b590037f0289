import type { JsonObject } from "@/lib/domain/json";
import { secretFields } from "./secret-fields";

/** One request in the forms in which people keep requests. */
export interface RequestTexts {
  json: string;
  curl: string;
  powershell: string;
}

/**
 * The request as text. Each secret that it holds is replaced by a placeholder, `<guest_la_pw>`: the API
 * refuses one that was not filled in. JSON escapes line breaks, so that no value can end the shell's
 * here-document or PowerShell's here-string, and within both nothing else is special.
 *
 * @param schema the composed form
 * @param origin of the server, `https://aetherv.example.com`
 */
export function requestTexts(schema: JsonObject, body: JsonObject, origin: string): RequestTexts {
  const json = JSON.stringify(withPlaceholders(schema, body), null, 2);
  const url = `${origin}/api/v1/managed-deployments`;
  return {
    json,
    curl: [
      `curl --silent --show-error --fail-with-body '${url}' \\`,
      "  --header 'Content-Type: application/json' \\",
      "  --data-binary @- <<'REQUEST'",
      json,
      "REQUEST",
    ].join("\n"),
    powershell: [
      "$request = @'",
      json,
      "'@",
      `Invoke-RestMethod -Method Post -Uri '${url}' \``,
      "  -ContentType 'application/json; charset=utf-8' `",
      "  -Body ([Text.Encoding]::UTF8.GetBytes($request))",
    ].join("\n"),
  };
}

function withPlaceholders(schema: JsonObject, body: JsonObject): JsonObject {
  const secrets = secretFields(schema);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, secrets.has(name) ? `<${name}>` : value]),
  );
}
