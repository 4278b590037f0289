import { z } from "zod";
import { AethervError } from "@/lib/domain/errors";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json";
import { pointerTo } from "@/lib/domain/json-pointer";
import { CLUSTER_ACTIONS, POWER_ACTIONS } from "@/lib/domain/power-actions";

const BODY_LIMIT_BYTES = 256 * 1024;
/** Requests are flat; this leaves room for what a schema may come to need. */
const DEPTH_LIMIT = 32;
const JSON_TYPE = /^application\/json\s*(?:;\s*charset=(?:utf-8|"utf-8")\s*)?$/i;

/**
 * The request's body: one JSON object.
 *
 * @param whenEmpty what an empty body stands for; without it, there must be one
 * @throws AethervError `unsupported_media_type`, `body_too_large`, `malformed_json`
 */
export async function readBody(request: Request, whenEmpty?: JsonObject): Promise<JsonObject> {
  const bytes = await readBytes(request);
  if (bytes.length === 0 && whenEmpty !== undefined) return whenEmpty;
  requireJsonType(request.headers);
  const body = parse(bytes);
  if (!isJsonObject(body)) {
    throw new AethervError("malformed_json", "The body is JSON, but not an object.");
  }
  inspect(body, "", 1);
  return body;
}

function requireJsonType(headers: Headers): void {
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") {
    throw new AethervError("unsupported_media_type", "The body must not be compressed.", {
      next: "Send it without Content-Encoding.",
    });
  }
  if (!JSON_TYPE.test(headers.get("content-type") ?? "")) {
    throw new AethervError("unsupported_media_type", "The body must be JSON in UTF-8.");
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new AethervError("body_too_large", "The body is larger than 256 KB.");
  if (Number(request.headers.get("content-length") ?? 0) > BODY_LIMIT_BYTES) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Counted as it comes: a chunked body states no length.
    for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > BODY_LIMIT_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AethervError("malformed_json", "The connection broke before the body was complete.", { cause });
  }
  if (size > BODY_LIMIT_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

function parse(bytes: Uint8Array): JsonValue {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    // Not the parser's own words: they quote the body, and passwords stand in it.
    throw new AethervError("malformed_json", "The body cannot be read as JSON in UTF-8.");
  }
}

/**
 * Refuses what could harm the code that handles the value, whoever judges it later. What its texts may hold
 * is said by `lib/schema/text-rules.ts`.
 */
function inspect(value: JsonValue, pointer: string, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > DEPTH_LIMIT) {
    throw new AethervError("malformed_json", `The body is nested deeper than ${DEPTH_LIMIT} levels.`);
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__") {
      throw new AethervError("malformed_json", "The body has a key `__proto__`.", {
        fields: [{ pointer: `${pointer}/__proto__`, message: "There is no such field: leave it out." }],
      });
    }
    inspect(inner, pointer + pointerTo(key), depth + 1);
  }
}

export const noFields = z.strictObject({});
const actionOf = <const Actions extends readonly string[]>(actions: Actions) =>
  z.strictObject({ action: z.enum(actions, `Give an action: ${actions.join(", ")}.`) });
export const powerFields = actionOf(POWER_ACTIONS);
export const clusterFields = actionOf(CLUSTER_ACTIONS);
export const refreshFields = z.strictObject({ host: z.string("Give the name of a host.").optional() });

/**
 * The body of an action that has no schema of its own.
 * @throws AethervError `invalid_request` naming each wrong field
 */
export function readFields<Schema extends z.ZodType>(body: JsonObject, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          pointer: pointerTo(key),
          message: "There is no such field: leave it out.",
        }))
      : [{ pointer: pointerTo(...issue.path), message: issue.message }],
  );
  throw new AethervError("invalid_request", "The request is not valid.", { fields });
}
