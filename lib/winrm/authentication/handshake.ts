import { WinrmError } from "../errors";
import {
  notOffered,
  offeredSchemes,
  type Proof,
  refusedCredentials,
  refusedRequest,
  tokenFor,
} from "../refusals";
import {
  type Authentication,
  type Authenticator,
  type HttpResponse,
  type Peer,
  type Post,
  SOAP,
  StaleConnection,
} from "./auth";
import { isSealed, SEALED_TYPE, sealMessage, unsealMessage } from "./sealed-message";
import type { MessageSealer, SecurityContext } from "./security-context";
import { TokenError } from "./token-error";

/** One way to log on: how `Authorization` names it, and what makes its tokens. */
export interface HandshakeScheme {
  scheme: "Negotiate" | "NTLM" | "Kerberos";
  /** What a refusal is about. */
  proof: Proof;
  begin(peer: Peer): SecurityContext;
}

export interface HandshakeOptions {
  /** Tried in this order, as far as the host offers them. */
  schemes: readonly [HandshakeScheme, ...HandshakeScheme[]];
  /** Whether messages may cross a connection without TLS readable. */
  plaintext: boolean;
}

/** More legs than any handshake here has. */
const MAX_LEGS = 6;
const EMPTY = Buffer.alloc(0);

/** Logs each connection on by tokens that go back and forth, and seals what follows where there is no TLS. */
export class HandshakeAuthenticator implements Authenticator {
  readonly #options: HandshakeOptions;

  constructor(options: HandshakeOptions) {
    this.#options = options;
  }

  connect(peer: Peer): Authentication {
    return new HandshakeAuthentication(this.#options, peer);
  }
}

/**
 * Until a connection is logged on, requests over it carry no body, but for the last leg where TLS protects it: the
 * host decides on that leg before it looks at the body, and a 401 means that it did not.
 */
class HandshakeAuthentication implements Authentication {
  readonly #options: HandshakeOptions;
  readonly #peer: Peer;
  readonly #sealing: boolean;
  #context: SecurityContext | null = null;
  /** Whether the host has taken a body over this connection. */
  #proven = false;

  constructor(options: HandshakeOptions, peer: Peer) {
    this.#options = options;
    this.#peer = peer;
    this.#sealing = peer.certificate === null && !options.plaintext;
  }

  async exchange(post: Post, body: Buffer): Promise<HttpResponse> {
    const answer = this.#context === null ? await this.#logOn(post, body) : null;
    const response = answer ?? (await this.#send(post, body));
    this.#proven = true;
    return response;
  }

  /** The answer to the body, where the last leg carried it; else null. */
  async #logOn(post: Post, body: Buffer): Promise<HttpResponse | null> {
    let offered: string[] = [];
    for (const candidate of this.#options.schemes) {
      const outcome = await new LogOn(candidate, this.#peer, this.#peer.certificate && body).run(post);
      if ("context" in outcome) {
        this.#context = outcome.context;
        return outcome.answer;
      }
      offered = outcome.offered;
    }
    throw notOffered(this.#options.schemes[0].scheme, offered);
  }

  async #send(post: Post, body: Buffer): Promise<HttpResponse> {
    const sealer = this.#sealing ? (this.#context?.sealer ?? null) : null;
    const response =
      sealer === null
        ? await post({ "content-type": SOAP }, body)
        : await post({ "content-type": SEALED_TYPE }, sealMessage(sealer, body));
    this.#refuse(response);
    return sealer === null ? response : unsealed(response, sealer);
  }

  /** For answers which say that the host did nothing, as it does not know the connection. */
  #refuse({ status, body }: HttpResponse): void {
    const empty = body.length === 0;
    const forgotten = status === 401 || (status === 400 && empty && this.#sealing);
    if (forgotten && this.#proven) {
      throw new StaleConnection("The host no longer knows who is logged on.", { sent: true });
    }
    if (forgotten) {
      throw new WinrmError(
        "authentication",
        `The host answered ${status} to a connection that it had just let log on.`,
        {
          reason: "wrong_credentials",
          next: "Look for a proxy between client and host: the logon belongs to one connection, and must reach the host over one.",
        },
      );
    }
    if (status === 500 && empty && !this.#sealing && this.#peer.certificate === null)
      throw unencryptedRefused();
  }
}

type Outcome = { context: SecurityContext; answer: HttpResponse | null } | { offered: string[] };

/** One try with one scheme. */
class LogOn {
  readonly #scheme: HandshakeScheme["scheme"];
  readonly #proof: Proof;
  readonly #context: SecurityContext;
  readonly #body: Buffer | null;

  /** @param body null: it has to wait until the connection is logged on. */
  constructor({ scheme, proof, begin }: HandshakeScheme, peer: Peer, body: Buffer | null) {
    this.#scheme = scheme;
    this.#proof = proof;
    this.#context = begin(peer);
    this.#body = body;
  }

  async run(post: Post): Promise<Outcome> {
    let token = await this.#step(null, false);
    for (let leg = 0; leg < MAX_LEGS && token !== null; leg++) {
      const carried = this.#context.isLastToken ? this.#body : null;
      const authorization = `${this.#scheme} ${token.toString("base64")}`;
      const response = await post({ authorization, "content-type": SOAP }, carried ?? EMPTY);
      const answer = tokenFor(response, this.#scheme);
      if (response.status !== 401) return this.#accepted(response, answer, carried !== null);
      if (answer === null) return this.#refused(response, leg);
      token = await this.#step(answer, false);
    }
    throw unproven("it does not come to an end.", false);
  }

  async #accepted(response: HttpResponse, token: Buffer | null, carried: boolean): Promise<Outcome> {
    if (!carried && response.status >= 300) throw refusedRequest(response.status);
    if (token !== null && !this.#context.isComplete) await this.#step(token, carried);
    if (!this.#context.isComplete)
      throw unproven("it let the client log on, and did not prove itself.", carried);
    return { context: this.#context, answer: carried ? response : null };
  }

  /** Refused at the first leg, the scheme may only not be offered. */
  #refused(response: HttpResponse, leg: number): Outcome {
    const offered = offeredSchemes(response);
    const offers = offered.some((name) => name.toLowerCase() === this.#scheme.toLowerCase());
    if (leg === 0 && !offers) return { offered };
    throw refusedCredentials(response, this.#scheme, this.#proof);
  }

  async #step(token: Buffer | null, sent: boolean): Promise<Buffer | null> {
    try {
      return await this.#context.step(token);
    } catch (error) {
      if (error instanceof TokenError) throw unproven(error.message, sent, error);
      throw error;
    }
  }
}

/** A sealed answer, opened. Nothing else is believed: somebody between could have written it. */
function unsealed(response: HttpResponse, sealer: MessageSealer): HttpResponse {
  if (isSealed(response.headers["content-type"])) {
    try {
      return { ...response, body: unsealMessage(sealer, response.body) };
    } catch (error) {
      if (error instanceof TokenError) throw altered(error.message, error);
      throw error;
    }
  }
  if (response.status < 400) throw altered("An answer is not sealed.");
  return { ...response, body: EMPTY };
}

function unproven(why: string, sent: boolean, cause?: unknown): WinrmError {
  return new WinrmError("authentication", `The host's part of the logon was not accepted: ${why}`, {
    sent,
    reason: "host_not_proven",
    next: "Check that the address leads to the host itself. If it does, somebody between may alter the messages: use https.",
    cause,
  });
}

function altered(why: string, cause?: unknown): WinrmError {
  return new WinrmError("protocol", `The host's sealed answer was not accepted: ${why}`, {
    sent: true,
    reason: "host_not_proven",
    next: "Somebody between client and host may alter the messages: use https.",
    cause,
  });
}

function unencryptedRefused(): WinrmError {
  return new WinrmError(
    "authentication",
    "The host refuses unencrypted traffic: AllowUnencrypted is false there.",
    {
      reason: "unencrypted_refused",
      next: "Leave out the setting that allows plaintext: messages are then encrypted over http. Or use https.",
    },
  );
}
