import { refusedCredentials } from "../refusals";
import { type Authentication, type Authenticator, type HttpResponse, type Post, SOAP } from "./auth";

/** RFC 7617, in UTF-8. Windows takes local accounts only, and only where `Service\Auth\Basic` is on. */
export class BasicAuthenticator implements Authenticator, Authentication {
  readonly #username: string;
  readonly #password: { reveal(): string };

  /** @throws TypeError for a user name with a colon, which Basic cannot carry. */
  constructor(username: string, password: { reveal(): string }) {
    if (username.includes(":")) throw new TypeError("A user name for Basic authentication has no colon.");
    this.#username = username;
    this.#password = password;
  }

  connect(): Authentication {
    return this;
  }

  async exchange(post: Post, body: Buffer): Promise<HttpResponse> {
    const pair = Buffer.from(`${this.#username}:${this.#password.reveal()}`, "utf8").toString("base64");
    const response = await post({ authorization: `Basic ${pair}`, "content-type": SOAP }, body);
    if (response.status === 401) throw refusedCredentials(response, "Basic", "user name or password");
    return response;
  }
}
