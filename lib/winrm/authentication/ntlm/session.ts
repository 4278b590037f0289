import { createHash, timingSafeEqual } from "node:crypto";
import type { MessageSealer } from "../security-context";
import { TokenError } from "../token-error";
import { hmacMd5 } from "./ntlmv2";
import { Rc4 } from "./rc4";

/** One direction: its keys (MS-NLMP 3.4.5.2, 3.4.5.3), its key stream and the number of the next message. */
class Direction {
  readonly #signingKey: Buffer;
  readonly #sealingKey: Buffer;
  #handle: Rc4;
  #sequence = 0;

  constructor(sessionKey: Buffer, direction: "client-to-server" | "server-to-client") {
    const keyFor = (use: string) =>
      createHash("md5")
        .update(sessionKey)
        .update(`session key to ${direction} ${use} key magic constant\0`, "latin1")
        .digest();
    this.#signingKey = keyFor("signing");
    this.#sealingKey = keyFor("sealing");
    this.#handle = new Rc4(this.#sealingKey);
  }

  /** The key stream goes by order: data first, its signature afterwards. */
  apply(data: Uint8Array): Buffer {
    return this.#handle.apply(data);
  }

  /** MAC with extended session security and key exchange (3.4.4.2), of the next message. */
  sign(plain: Uint8Array): Buffer {
    const sequence = Buffer.alloc(4);
    sequence.writeUInt32LE(this.#sequence);
    this.#sequence = (this.#sequence + 1) >>> 0;
    const checksum = hmacMd5(this.#signingKey, sequence, plain).subarray(0, 8);
    return Buffer.concat([Buffer.from([1, 0, 0, 0]), this.#handle.apply(checksum), sequence]);
  }

  restartKeyStream(): void {
    this.#handle = new Rc4(this.#sealingKey);
  }
}

/** The client's side of an NTLM session: signing and sealing with extended session security and 128-bit keys. */
export class NtlmSession implements MessageSealer {
  readonly #sending: Direction;
  readonly #receiving: Direction;

  /** @param sessionKey the exported session key, 16 bytes */
  constructor(sessionKey: Buffer) {
    this.#sending = new Direction(sessionKey, "client-to-server");
    this.#receiving = new Direction(sessionKey, "server-to-client");
  }

  seal(plain: Uint8Array): { signature: Buffer; sealed: Buffer } {
    const sealed = this.#sending.apply(plain);
    return { sealed, signature: this.#sending.sign(plain) };
  }

  unseal(signature: Uint8Array, sealed: Uint8Array): Buffer {
    const plain = this.#receiving.apply(sealed);
    this.#check(signature, plain);
    return plain;
  }

  sign(plain: Uint8Array): Buffer {
    return this.#sending.sign(plain);
  }

  /** @throws TokenError for a signature that is not the host's next. */
  verify(signature: Uint8Array, plain: Uint8Array): void {
    this.#check(signature, plain);
  }

  /** After SPNEGO has exchanged its mechListMICs both key streams begin anew; messages are counted on (MS-SPNG 3.3.5.1). */
  restartKeyStreams(): void {
    this.#sending.restartKeyStream();
    this.#receiving.restartKeyStream();
  }

  #check(signature: Uint8Array, plain: Uint8Array): void {
    const expected = this.#receiving.sign(plain);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new TokenError("A message's signature is not the host's, or the message is not the next one.");
    }
  }
}
