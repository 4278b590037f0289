/** One HTTP answer, its body read to the end. */
export interface HttpResponse {
  status: number;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** Posts to the endpoint over a connection whose TLS is verified already. */
export type Post = (headers: Readonly<Record<string, string>>, body: Buffer) => Promise<HttpResponse>;

/**
 * How a request proves who sends it. A scheme may post more than once for one request, and may wrap the
 * body, as the handshakes of NTLM and Kerberos do.
 */
export interface Authenticator {
  /** As `WWW-Authenticate` names it. */
  readonly scheme: string;
  exchange(post: Post, body: Buffer): Promise<HttpResponse>;
}

const SOAP = "application/soap+xml;charset=UTF-8";

/** RFC 7617, in UTF-8. Windows takes local accounts only, and only where `Service\Auth\Basic` is on. */
export class BasicAuthenticator implements Authenticator {
  readonly scheme = "Basic";
  readonly #username: string;
  readonly #password: { reveal(): string };

  /** @throws TypeError for a user name with a colon, which Basic cannot carry. */
  constructor(username: string, password: { reveal(): string }) {
    if (username.includes(":")) throw new TypeError("A user name for Basic authentication has no colon.");
    this.#username = username;
    this.#password = password;
  }

  exchange(post: Post, body: Buffer): Promise<HttpResponse> {
    const credentials = Buffer.from(`${this.#username}:${this.#password.reveal()}`, "utf8").toString(
      "base64",
    );
    return post({ authorization: `Basic ${credentials}`, "content-type": SOAP }, body);
  }
}
