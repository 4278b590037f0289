import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { NtlmClient } from "./ntlm-client";

/** A client on one socket that authenticates by Negotiate and can seal; every step can be made by itself. */

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type Wrapping = "raw" | "spnego";

const SEALED_TYPE =
  'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';
const NTLM_OID = Buffer.from("060a2b06010401823702020a", "hex");
const KERBEROS_OID = Buffer.from("06092a864886f712010202", "hex");
const SPNEGO_OID = Buffer.from("06062b0601050502", "hex");

/** An element of DER, up to 65,535 bytes. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const [high, low] = [content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x82, high, low]), content]);
}

const MECHANISMS = { ntlm: NTLM_OID, kerberos: KERBEROS_OID };

/** SPNEGO's `mechTypes`, the one that the client prefers first. */
export function mechanismList(...names: (keyof typeof MECHANISMS)[]): Buffer {
  return der(0x30, ...names.map((name) => MECHANISMS[name]));
}

export function negTokenInit(list: Buffer, token: Buffer | null): Buffer {
  const fields = [der(0xa0, list), ...(token === null ? [] : [der(0xa2, der(0x04, token))])];
  return der(0x60, SPNEGO_OID, der(0xa0, der(0x30, ...fields)));
}

export function negTokenResponse(token: Buffer, mechListMic?: Buffer): Buffer {
  const mic = mechListMic === undefined ? [] : [der(0xa3, der(0x04, mechListMic))];
  return der(0xa1, der(0x30, der(0xa2, der(0x04, token)), ...mic));
}

/** The NTLM message in a token of the server, whatever it is wrapped in. */
export function ntlmMessageIn(token: Buffer): Buffer {
  return token.subarray(token.indexOf("NTLMSSP\0", 0, "latin1"));
}

export class NegotiatedClient {
  readonly ntlm: NtlmClient;
  readonly #url: URL;
  readonly #ca: string;
  readonly #agent: HttpAgent;

  constructor(url: string, ca: string, ntlm: NtlmClient) {
    this.#url = new URL(`${url}/wsman`);
    this.#ca = ca;
    this.ntlm = ntlm;
    const options = { keepAlive: true, maxSockets: 1 };
    this.#agent = this.#url.protocol === "https:" ? new HttpsAgent(options) : new HttpAgent(options);
  }

  post(body: string | Buffer, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    const send = this.#url.protocol === "https:" ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(this.#url, {
        method: "POST",
        agent: this.#agent,
        ca: this.#ca,
        headers: { "Content-Type": "application/soap+xml;charset=UTF-8", ...headers },
      });
      outgoing.on("error", reject).on("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
        incoming.on("end", () => {
          const { statusCode: status = 0, headers } = incoming;
          resolve({ status, headers, body: Buffer.concat(chunks) });
        });
      });
      outgoing.end(body);
    });
  }

  /** One step of a handshake. */
  negotiate(token: Buffer, body: string | Buffer = ""): Promise<HttpAnswer> {
    return this.post(body, { Authorization: `Negotiate ${token.toString("base64")}` });
  }

  /** A whole handshake; gives its last answer. */
  async authenticate(wrapping: Wrapping = "raw", lastBody = ""): Promise<HttpAnswer> {
    const list = mechanismList("ntlm");
    const isRaw = wrapping === "raw";
    const first = isRaw ? this.ntlm.first : negTokenInit(list, this.ntlm.first);
    const challenge = tokenOf(await this.negotiate(first));
    const message = this.ntlm.answer(ntlmMessageIn(challenge));
    if (isRaw) return this.negotiate(message, lastBody);
    const answer = await this.negotiate(negTokenResponse(message, this.ntlm.sign(list)), lastBody);
    if (answer.status === 401) return answer;
    // NegTokenResp ends with mechListMIC, an octet string of 16 bytes.
    this.ntlm.verify(list, tokenOf(answer).subarray(-16));
    this.ntlm.resetKeyStreams();
    return answer;
  }

  /** Posts a message as the next sealed one; gives the answer opened. */
  async postSealed(message: string): Promise<{ status: number; body: string }> {
    const answer = await this.post(this.seal(message), { "Content-Type": SEALED_TYPE });
    return { status: answer.status, body: answer.body.length === 0 ? "" : this.open(answer) };
  }

  postAsSealed(body: Buffer): Promise<HttpAnswer> {
    return this.post(body, { "Content-Type": SEALED_TYPE });
  }

  /** The body of the next sealed message, perhaps with its signature and ciphertext changed. */
  seal(message: string, spoil?: (token: Buffer) => void): Buffer {
    return this.sealBytes(Buffer.from(message, "utf8"), spoil);
  }

  sealBytes(message: Buffer, spoil: (token: Buffer) => void = () => undefined): Buffer {
    const { signature, ciphertext } = this.ntlm.seal(message);
    const token = Buffer.concat([Buffer.from([16, 0, 0, 0]), signature, ciphertext]);
    spoil(token);
    const header = `--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=${ciphertext.length}\r\n--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n`;
    return Buffer.concat([Buffer.from(header), token, Buffer.from("--Encrypted Boundary--\r\n")]);
  }

  /** What is in a sealed answer; throws where it is not the next one that the server sealed. */
  open({ headers, body }: HttpAnswer): string {
    if (headers["content-type"] !== SEALED_TYPE) throw new Error(`The answer is ${headers["content-type"]}.`);
    const begin = body.indexOf("octet-stream\r\n") + "octet-stream\r\n".length;
    const token = body.subarray(begin, -"--Encrypted Boundary--\r\n".length);
    const message = this.ntlm.unseal(token.subarray(4, 20), token.subarray(20));
    const length = /Length=(\d+)/.exec(body.subarray(0, begin).toString("latin1"))?.[1];
    if (Number(length) !== message.length) throw new Error("The answer is of another length.");
    return message.toString("utf8");
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The token of `WWW-Authenticate: Negotiate …`. */
export function tokenOf({ status, headers }: HttpAnswer): Buffer {
  const encoded = /^Negotiate ([A-Za-z0-9+/=]+)$/.exec(headers["www-authenticate"] ?? "")?.[1];
  if (encoded === undefined) throw new Error(`The answer ${status} has no token.`);
  return Buffer.from(encoded, "base64");
}
