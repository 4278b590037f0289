import { createHash, timingSafeEqual } from "node:crypto";
import { FLAG, hasFlag } from "./flags";
import { hmacMd5 } from "./hmac-md5";
import { Rc4 } from "./rc4";

export type Side = "client" | "server";

/** A message that fails its check: its signature or its place in the sequence is wrong. */
export class SignatureError extends Error {
  override readonly name = "SignatureError";
}

/** A sealed message and its NTLMSSP_MESSAGE_SIGNATURE for extended session security (MS-NLMP 2.2.2.9.2). */
export interface SealedMessage {
  signature: Buffer;
  ciphertext: Buffer;
}

/** What one side sends: its keys, and how far it is (MS-NLMP 3.4). */
class Direction {
  readonly #signingKey: Buffer;
  readonly #sealingKey: Buffer;
  readonly #isKeyExchanged: boolean;
  #handle: Rc4;
  #sequence = 0;

  constructor(side: Side, sessionKey: Buffer, flags: number) {
    this.#signingKey = magicKey(
      sessionKey,
      `session key to ${side}-to-${other(side)} signing key magic constant`,
    );
    // SEALKEY, MS-NLMP 3.4.5.3
    const strength = hasFlag(flags, FLAG.KEY_128) ? 16 : hasFlag(flags, FLAG.KEY_56) ? 7 : 5;
    this.#sealingKey = magicKey(
      sessionKey.subarray(0, strength),
      `session key to ${side}-to-${other(side)} sealing key magic constant`,
    );
    this.#isKeyExchanged = hasFlag(flags, FLAG.KEY_EXCHANGE);
    this.#handle = new Rc4(this.#sealingKey);
  }

  /** Encrypts or decrypts; the signature of the same message comes next. */
  crypt(data: Uint8Array): Buffer {
    return this.#handle.update(data);
  }

  /** The signature of the next message (MS-NLMP 3.4.4.2). */
  sign(message: Uint8Array): Buffer {
    const signature = Buffer.alloc(16);
    signature.writeUInt32LE(1, 0);
    signature.writeUInt32LE(this.#sequence, 12);
    const checksum = hmacMd5(this.#signingKey, signature.subarray(12), message).subarray(0, 8);
    (this.#isKeyExchanged ? this.#handle.update(checksum) : checksum).copy(signature, 4);
    this.#sequence += 1;
    return signature;
  }

  /** The key stream begins anew, the sequence goes on. */
  reset(): void {
    this.#handle = new Rc4(this.#sealingKey);
  }
}

/**
 * The security context of one authenticated connection: signs, seals, and verifies in the order in which
 * messages pass (MS-NLMP 3.4). `side` is who holds it.
 */
export class SessionSecurity {
  readonly #outgoing: Direction;
  readonly #incoming: Direction;

  constructor(side: Side, sessionKey: Buffer, flags: number) {
    this.#outgoing = new Direction(side, sessionKey, flags);
    this.#incoming = new Direction(other(side), sessionKey, flags);
  }

  seal(message: Uint8Array): SealedMessage {
    const ciphertext = this.#outgoing.crypt(message);
    return { ciphertext, signature: this.#outgoing.sign(message) };
  }

  /** Throws {@link SignatureError}; the context is of no use after that. */
  unseal({ signature, ciphertext }: SealedMessage): Buffer {
    const message = this.#incoming.crypt(ciphertext);
    this.#check(message, signature);
    return message;
  }

  /** GSS_GetMIC */
  sign(message: Uint8Array): Buffer {
    return this.#outgoing.sign(message);
  }

  /** GSS_VerifyMIC; throws {@link SignatureError}. */
  verify(message: Uint8Array, signature: Buffer): void {
    this.#check(message, signature);
  }

  /**
   * Begins both key streams anew once both sides have signed SPNEGO's list of mechanisms (MS-SPNG 3.3.5.1): what
   * is sealed then begins with sequence number 1.
   */
  resetKeyStreams(): void {
    this.#outgoing.reset();
    this.#incoming.reset();
  }

  /** Version, checksum and sequence number are all in the signature that is expected. */
  #check(message: Uint8Array, signature: Buffer): void {
    const expected = this.#incoming.sign(message);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new SignatureError("The signature of the message is wrong.");
    }
  }
}

function magicKey(key: Buffer, text: string): Buffer {
  return createHash("md5").update(key).update(`${text}\0`, "latin1").digest();
}

function other(side: Side): Side {
  return side === "client" ? "server" : "client";
}
