import type { AuthenticationScheme, Channel, Handshake, SecurityContext } from "./authentication-scheme";

/** A scheme, and a token in base64 (RFC 9110 11.4). */
const CREDENTIALS = /^(\S+)(?: +([A-Za-z0-9+/]+={0,2}))?$/;

/** What is known of who sent a request. `challenges` are lines of `WWW-Authenticate`. */
export type Authentication =
  | { state: "unknown"; challenges: string[]; isHandshake: boolean }
  | {
      state: "known";
      user: string;
      challenges: string[];
      /** The request ended a handshake, so that it may have no message. */
      endsHandshake: boolean;
    };

/** The authentication of one connection: NTLM knows a client by its socket, and by nothing else. */
export class Connection {
  readonly #channel: Channel;
  /** The schemes for such a channel. */
  readonly #schemes: readonly AuthenticationScheme[];
  readonly #idleMs: number;
  #handshake: { name: string; handshake: Handshake } | null = null;
  #known: { user: string; context: SecurityContext | null } | null = null;
  #lastUse = Date.now();

  /** After `idleMs` without a request the connection no longer knows its client. */
  constructor(schemes: readonly AuthenticationScheme[], channel: Channel, idleMs: number) {
    this.#channel = channel;
    this.#schemes = schemes.filter((scheme) => scheme.isFor(channel));
    this.#idleMs = idleMs;
  }

  /** Whether what passes is encrypted beneath HTTP. */
  get isEncrypted(): boolean {
    return this.#channel.isEncrypted;
  }

  /** Null: nobody is known here, or whoever is cannot seal. */
  get context(): SecurityContext | null {
    return this.#known?.context ?? null;
  }

  /** The lines of `WWW-Authenticate` for a client that has not begun yet. */
  get offers(): string[] {
    return [...new Set(this.#schemes.flatMap(({ challenge }) => challenge ?? []))];
  }

  /** A request came, or was answered: the idle time begins anew. */
  touch(): void {
    this.#lastUse = Date.now();
  }

  /** The connection no longer knows its client. */
  forget(): void {
    this.#known = null;
    this.#handshake = null;
  }

  /** Takes a request's `Authorization`, which may be absent where the connection is known. */
  async authenticate(authorization: string | undefined): Promise<Authentication> {
    if (Date.now() - this.#lastUse > this.#idleMs) this.forget();
    this.touch();
    if (authorization === undefined || authorization === "") {
      if (this.#known === null) return this.#unknown();
      return { state: "known", user: this.#known.user, challenges: [], endsHandshake: false };
    }
    return this.#take(authorization);
  }

  async #take(authorization: string): Promise<Authentication> {
    const [, name = "", encoded = ""] = CREDENTIALS.exec(authorization) ?? [];
    const token = Buffer.from(encoded, "base64");
    const handshake = this.#handshakeFor(name, token);
    this.forget();
    const step = await handshake?.step(token);
    if (handshake === undefined || step === undefined || step.outcome === "refused") return this.#unknown();
    const challenges = step.token === null ? [] : [`${name} ${step.token.toString("base64")}`];
    if (step.outcome === "continue") {
      this.#handshake = { name, handshake };
      return { state: "unknown", challenges, isHandshake: true };
    }
    const holds = step.holdsFor === "connection";
    if (holds) this.#known = { user: step.user, context: step.context };
    return { state: "known", user: step.user, challenges, endsHandshake: holds };
  }

  /** A new handshake, or the one under way that this token goes on with. */
  #handshakeFor(name: string, token: Buffer): Handshake | undefined {
    const isCalled = (other: string) => other.toLowerCase() === name.toLowerCase();
    const scheme = this.#schemes.find((each) => isCalled(each.name) && each.begins(token));
    if (scheme !== undefined) return scheme.begin(this.#channel);
    const pending = this.#handshake;
    return pending !== null && isCalled(pending.name) ? pending.handshake : undefined;
  }

  #unknown(): Authentication {
    return { state: "unknown", challenges: this.offers, isHandshake: false };
  }
}
