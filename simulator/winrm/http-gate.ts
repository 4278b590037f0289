import type { IncomingMessage } from "node:http";
import type { SecurityContext } from "./authentication/authentication-scheme";
import type { Authentication, Connection } from "./authentication/connection";
import { isSealed, readSealedBody } from "./sealed-body";

/** What becomes of a request before WS-Management sees it. */
export type Admission =
  /** An HTTP status without a body: a refusal, or a step of a handshake. */
  | { state: "answered"; status: number; challenges: string[]; isHandshake: boolean }
  | {
      state: "admitted";
      message: Buffer;
      user: string;
      /** The answer is sealed with it, as the request was; null: neither is. */
      context: SecurityContext | null;
      challenges: string[];
    };

const PATH = "/wsman";
const PLAIN_CONTENT_TYPE = /^application\/soap\+xml\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** What HTTP, authentication and message encryption refuse, in the order in which a Windows host does. */
export class HttpGate {
  readonly #maxMessageBytes: number;
  readonly #allowUnencrypted: boolean;

  constructor(options: { maxMessageBytes: number; allowUnencrypted: boolean }) {
    this.#maxMessageBytes = options.maxMessageBytes;
    this.#allowUnencrypted = options.allowUnencrypted;
  }

  async admit(
    request: IncomingMessage,
    body: Buffer | "too_large",
    connection: Connection,
  ): Promise<Admission> {
    if (request.url?.toLowerCase() !== PATH) return refused(404);
    const contentType = request.headers["content-type"];
    const { authorization } = request.headers;
    const authentication = await connection.authenticate(authorization);
    if (authentication.state === "unknown") {
      // The context went with the time that passed, or with the socket before: there is nothing to read this by.
      const isOrphan = isSealed(contentType) && authorization === undefined;
      return isOrphan ? refused(400) : { ...authentication, state: "answered", status: 401 };
    }
    if (request.method !== "POST") return refused(405);
    if (body === "too_large") return refused(413);
    if (authentication.endsHandshake && body.length === 0) {
      return { state: "answered", status: 200, challenges: authentication.challenges, isHandshake: true };
    }
    if (isSealed(contentType)) return this.#unseal(contentType ?? "", body, connection, authentication);
    // Windows logs the reason and tells the client nothing.
    if (!connection.isEncrypted && !this.#allowUnencrypted) return refused(500);
    if (!PLAIN_CONTENT_TYPE.test(contentType ?? "")) return refused(415);
    return this.#admitted(body, null, authentication);
  }

  /** A message that is not the next one that the client sealed ends the connection, as any 400 does. */
  #unseal(
    contentType: string,
    body: Buffer,
    connection: Connection,
    authentication: Authentication & { state: "known" },
  ): Admission {
    const { context } = connection;
    try {
      if (context === null) return refused(400);
      const { protocol, length, sealed } = readSealedBody(contentType, body);
      const message = context.unseal(sealed);
      if (protocol.toLowerCase() === context.protocol.toLowerCase() && message.length === length) {
        return this.#admitted(message, context, authentication);
      }
    } catch {
      // One answer for all that is wrong with a sealed message.
    }
    return refused(400);
  }

  #admitted(
    message: Buffer,
    context: SecurityContext | null,
    { user, challenges }: Authentication & { state: "known" },
  ): Admission {
    if (message.length > this.#maxMessageBytes) return refused(413);
    return { state: "admitted", message, user, context, challenges };
  }
}

function refused(status: number): Admission {
  return { state: "answered", status, challenges: [], isHandshake: false };
}
