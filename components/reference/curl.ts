import { curlText } from "@/components/shared/request-texts";
import { isJsonObject } from "@/lib/domain/json";
import type { ReferenceOperation } from "./document";

/**
 * The operation as a command for a shell, with the document's example for a body. What stands in braces is for the
 * reader to fill in.
 *
 * @param origin of the server, `https://aetherv.example.com`
 */
export function curlOf({ method, path, body, parameters }: ReferenceOperation, origin: string): string {
  const query = parameters.filter(({ place, required }) => place === "query" && required);
  const text = query.map(({ name }) => `${name}={${name}}`).join("&");
  const example = isJsonObject(body?.example) ? body.example : {};
  return curlText(
    {
      method,
      address: text === "" ? path : `${path}?${text}`,
      headers: {},
      body: body === null ? null : example,
    },
    origin,
  );
}
