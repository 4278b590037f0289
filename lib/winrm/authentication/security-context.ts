/** Makes messages unreadable, and proves where they come from; both only for who has the session's keys. */
export interface MessageSealer {
  /** The signature and the sealed bytes, which are as many as the plain ones. */
  seal(plain: Uint8Array): { signature: Buffer; sealed: Buffer };
  /** @throws TokenError for what is not the host's next message. */
  unseal(signature: Uint8Array, sealed: Uint8Array): Buffer;
}

/** One side of a handshake on one connection. */
export interface SecurityContext {
  /**
   * Takes the host's token (null: it has not spoken yet) and gives the next one, or null where nothing is left to send.
   *
   * @throws TokenError for a token that cannot be accepted; WinrmError where the handshake cannot begin.
   */
  step(token: Buffer | null): Promise<Buffer | null>;
  /** Whether the last token given is the one on which the host decides. */
  readonly isLastToken: boolean;
  /** Whether the host, too, has said all that is needed. */
  readonly isComplete: boolean;
  /** null: this scheme seals nothing. */
  readonly sealer: MessageSealer | null;
}
