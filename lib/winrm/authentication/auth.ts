/** One HTTP answer, its body read to the end. */
export interface HttpResponse {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** Posts to the endpoint over one connection, whose TLS is verified already; one request at a time. */
export type Post = (headers: Readonly<Record<string, string>>, body: Buffer) => Promise<HttpResponse>;

/** Whom a connection leads to. */
export interface Peer {
  /** The name in the endpoint's address. */
  host: string;
  /** The certificate that the host showed, in DER; null: the connection is not encrypted. */
  certificate: Buffer | null;
}

/** A scheme and the credentials for it. What a handshake makes belongs to one connection, so each gets its own. */
export interface Authenticator {
  connect(peer: Peer): Authentication;
}

/** How the requests of one connection prove who sends them. */
export interface Authentication {
  /**
   * Sends one request and gives its answer, which is never a 401. It may post more than once: the body itself leaves
   * once, and again only where the host's answer proves that nothing was done with it.
   *
   * @throws StaleConnection; WinrmError of any kind but `fault`.
   */
  exchange(post: Post, body: Buffer): Promise<HttpResponse>;
}

/**
 * A connection that worked before does no longer, and the host did nothing with the request: it can be sent over
 * another connection.
 */
export class StaleConnection extends Error {
  override readonly name = "StaleConnection";
  /** Whether the body had left, so that the host did nothing by its own word alone. */
  readonly sent: boolean;

  constructor(message: string, { sent }: { sent: boolean }) {
    super(message);
    this.sent = sent;
  }
}

export const SOAP = "application/soap+xml;charset=UTF-8";
