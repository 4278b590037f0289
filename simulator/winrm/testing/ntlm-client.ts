import { createHash, createHmac, randomBytes, X509Certificate } from "node:crypto";
import { md4 } from "../ntlm/md4";
import { Rc4 } from "../ntlm/rc4";

/**
 * The client's side of NTLMv2 (MS-NLMP), message by message, for tests of the endpoint. Of the endpoint's code it
 * shares MD4 and RC4 alone, which have vectors of their own; everything in a message can be spoilt.
 */

export interface NtlmOptions {
  user: string;
  password: string;
  domain?: string;
  /** Flags of the NEGOTIATE_MESSAGE and of the AUTHENTICATE_MESSAGE. */
  flags?: number;
  /** PEM of the certificate that the channel is bound to. */
  boundTo?: string;
  mic?: "right" | "wrong" | "missing" | "not announced";
  /** Turns an AUTHENTICATE_MESSAGE into another. */
  spoil?: (message: Buffer) => Buffer;
  /** FILETIME of the response, in place of the server's. */
  timestamp?: bigint;
}

/** UNICODE, REQUEST_TARGET, SIGN, SEAL, NTLM, ALWAYS_SIGN, EXTENDED_SESSIONSECURITY, VERSION, 128, KEY_EXCH, 56. */
const USUAL_FLAGS = 0xe2088235;
const hmac = (key: Buffer, ...parts: Buffer[]) =>
  createHmac("md5", key).update(Buffer.concat(parts)).digest();
const md5 = (...parts: Buffer[]) => createHash("md5").update(Buffer.concat(parts)).digest();

export class NtlmClient {
  readonly #options: NtlmOptions;
  readonly #negotiate: Buffer;
  #sendSigning: Buffer = Buffer.alloc(0);
  #receiveSigning: Buffer = Buffer.alloc(0);
  #sendSealing: Buffer = Buffer.alloc(0);
  #receiveSealing: Buffer = Buffer.alloc(0);
  #send = new Rc4(Buffer.of(0));
  #receive = new Rc4(Buffer.of(0));
  #encryptsChecksums = true;
  #sent = 0;
  #received = 0;

  constructor(options: NtlmOptions) {
    this.#options = options;
    this.#negotiate = Buffer.alloc(40);
    this.#negotiate.write("NTLMSSP\0", "latin1");
    this.#negotiate.writeUInt32LE(1, 8);
    this.#negotiate.writeUInt32LE(options.flags ?? USUAL_FLAGS, 12);
  }

  /** NEGOTIATE_MESSAGE */
  get first(): Buffer {
    return this.#negotiate;
  }

  /** AUTHENTICATE_MESSAGE for a CHALLENGE_MESSAGE; the keys are those of this client from then on. */
  answer(challenge: Buffer): Buffer {
    const { user, password, domain = "", mic = "right", spoil = (message) => message } = this.#options;
    const flags = challenge.readUInt32LE(20);
    const info = challenge.subarray(challenge.readUInt32LE(44)).subarray(0, challenge.readUInt16LE(40));
    const unicode = (text: string) => Buffer.from(text, "utf16le");
    const key = hmac(md4(unicode(password)), unicode(user.toUpperCase() + domain));

    const temp = Buffer.concat([
      Buffer.from("0101000000000000", "hex"),
      this.#timestamp(info),
      randomBytes(8),
      Buffer.alloc(4),
      this.#targetInfo(info, mic !== "not announced"),
      Buffer.alloc(4),
    ]);
    const proof = hmac(key, challenge.subarray(24, 32), temp);
    const base = hmac(key, proof);
    const hasKey = (flags & 0x40000000) !== 0;
    const sessionKey = hasKey ? randomBytes(16) : base;
    const encryptedKey = hasKey ? new Rc4(base).update(sessionKey) : Buffer.alloc(0);
    const characters = (text: string) => ((flags & 1) === 1 ? unicode(text) : Buffer.from(text, "latin1"));

    const hasMic = mic === "right" || mic === "wrong";
    const header = Buffer.alloc(hasMic ? 88 : 72);
    header.write("NTLMSSP\0", "latin1");
    header.writeUInt32LE(3, 8);
    header.writeUInt32LE(flags, 60);
    const fields: [at: number, value: Buffer][] = [
      [12, Buffer.alloc(24)],
      [20, Buffer.concat([proof, temp])],
      [28, characters(domain)],
      [36, characters(user)],
      [44, characters("CLIENT")],
      [52, encryptedKey],
    ];
    let offset = header.length;
    for (const [at, { length }] of fields) {
      header.writeUInt16LE(length, at);
      header.writeUInt16LE(length, at + 2);
      header.writeUInt32LE(offset, at + 4);
      offset += length;
    }
    const message = spoil(Buffer.concat([header, ...fields.map(([, value]) => value)]));
    if (hasMic) hmac(sessionKey, this.#negotiate, challenge, message).copy(message, 72);
    if (mic === "wrong") message.writeUInt8(message.readUInt8(72) ^ 1, 72);
    this.#deriveKeys(sessionKey, flags);
    return message;
  }

  /** The next sealed message: signature and ciphertext. */
  seal(message: Buffer): { signature: Buffer; ciphertext: Buffer } {
    const ciphertext = this.#send.update(message);
    return { ciphertext, signature: this.sign(message) };
  }

  /** The first bytes that the key stream encrypts with after a handshake without SPNEGO. */
  streamAhead(length: number): Buffer {
    return new Rc4(this.#sendSealing).update(Buffer.alloc(length));
  }

  sign(message: Buffer): Buffer {
    const sequence = Buffer.alloc(4);
    sequence.writeUInt32LE(this.#sent);
    this.#sent += 1;
    const checksum = this.#checksum(this.#send, hmac(this.#sendSigning, sequence, message));
    return Buffer.concat([Buffer.from([1, 0, 0, 0]), checksum, sequence]);
  }

  /** Opens what the server sealed next; throws where its signature is not the expected one. */
  unseal(signature: Buffer, ciphertext: Buffer): Buffer {
    const message = this.#receive.update(ciphertext);
    this.verify(message, signature);
    return message;
  }

  verify(message: Buffer, signature: Buffer): void {
    const sequence = Buffer.alloc(4);
    sequence.writeUInt32LE(this.#received);
    this.#received += 1;
    const checksum = this.#checksum(this.#receive, hmac(this.#receiveSigning, sequence, message));
    const expected = Buffer.concat([Buffer.from([1, 0, 0, 0]), checksum, sequence]);
    if (!signature.equals(expected)) throw new Error("The server's signature is wrong.");
  }

  /** What both sides do once they have signed SPNEGO's list of mechanisms. */
  resetKeyStreams(): void {
    this.#send = new Rc4(this.#sendSealing);
    this.#receive = new Rc4(this.#receiveSealing);
  }

  #checksum(handle: Rc4, hash: Buffer): Buffer {
    const checksum = hash.subarray(0, 8);
    return this.#encryptsChecksums ? handle.update(checksum) : checksum;
  }

  #deriveKeys(sessionKey: Buffer, flags: number): void {
    this.#encryptsChecksums = (flags & 0x40000000) !== 0;
    [this.#sent, this.#received] = [0, 0];
    const strength = flags & 0x20000000 ? 16 : (flags & 0x80000000) !== 0 ? 7 : 5;
    const magic = (key: Buffer, from: string, to: string, use: string) =>
      md5(key, Buffer.from(`session key to ${from}-to-${to} ${use} key magic constant\0`, "latin1"));
    const weak = sessionKey.subarray(0, strength);
    this.#sendSigning = magic(sessionKey, "client", "server", "signing");
    this.#receiveSigning = magic(sessionKey, "server", "client", "signing");
    this.#sendSealing = magic(weak, "client", "server", "sealing");
    this.#receiveSealing = magic(weak, "server", "client", "sealing");
    this.resetKeyStreams();
  }

  /** The server's pairs without their end, MsvAvFlags, and MsvAvChannelBindings if there are any; and the end. */
  #targetInfo(info: Buffer, announcesMic: boolean): Buffer {
    const pair = (id: number, value: Buffer) => {
      const header = Buffer.alloc(4);
      header.writeUInt16LE(id, 0);
      header.writeUInt16LE(value.length, 2);
      return Buffer.concat([header, value]);
    };
    const { boundTo } = this.#options;
    return Buffer.concat([
      info.subarray(0, -4),
      ...(announcesMic ? [pair(6, Buffer.from([2, 0, 0, 0]))] : []),
      ...(boundTo === undefined ? [] : [pair(10, bindings(boundTo))]),
      Buffer.alloc(4),
    ]);
  }

  #timestamp(info: Buffer): Buffer {
    const own = Buffer.alloc(8);
    const { timestamp } = this.#options;
    if (timestamp === undefined)
      return info.subarray(info.indexOf(Buffer.from("07000800", "hex")) + 4).subarray(0, 8);
    own.writeBigUInt64LE(timestamp);
    return own;
  }
}

/** MD5 of gss_channel_bindings_struct for a certificate signed with SHA-256 (RFC 5929 4). */
function bindings(certificatePem: string): Buffer {
  const hash = createHash("sha256").update(new X509Certificate(certificatePem).raw).digest();
  const data = Buffer.concat([Buffer.from("tls-server-end-point:"), hash]);
  const struct = Buffer.concat([Buffer.alloc(20), data]);
  struct.writeUInt32LE(data.length, 16);
  return md5(struct);
}
