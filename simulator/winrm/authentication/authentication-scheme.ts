/** What a connection is beneath HTTP, as far as authentication asks for it. */
export interface Channel {
  isEncrypted: boolean;
  /**
   * Over TLS, the hash of the host's own certificate as the channel binding `tls-server-end-point` takes it
   * (RFC 5929 4.1); null over plain HTTP.
   */
  serverCertificateHash: Buffer | null;
  /** DER of the client's certificate, if it showed one whose key it has. Whether it is valid is not checked yet. */
  clientCertificate: Buffer | null;
}

/** One message with the token that protects it (MS-WSMV 2.2.9.1). */
export interface SealedMessage {
  signature: Buffer;
  ciphertext: Buffer;
}

/** Seals and unseals the messages of one authenticated connection, each in its turn. */
export interface SecurityContext {
  /** The parameter `protocol` of `multipart/encrypted`. */
  readonly protocol: string;
  seal(message: Uint8Array): SealedMessage;
  /** Throws where the message is not the next one that the client sealed, unchanged. */
  unseal(sealed: SealedMessage): Buffer;
}

/** What a token of the client leads to. */
export type HandshakeStep =
  /** 401 with a token, for which the client has an answer. */
  | { outcome: "continue"; token: Buffer }
  | {
      outcome: "accepted";
      /** The account, as this host writes it. */
      user: string;
      /** A last token for the client. */
      token: Buffer | null;
      /** Null: messages of this connection cannot be sealed. */
      context: SecurityContext | null;
      /** For how long the client is known: all that comes over the connection, or this request alone. */
      holdsFor: "connection" | "request";
    }
  | { outcome: "refused" };

/** One client's handshake on one connection. */
export interface Handshake {
  step(token: Buffer): HandshakeStep | Promise<HandshakeStep>;
}

/** A way to authenticate by the header `Authorization` (RFC 9110 11.4), such as Basic, Negotiate or Kerberos. */
export interface AuthenticationScheme {
  /** How the scheme is called in `Authorization` and `WWW-Authenticate`. */
  readonly name: string;
  /** Its line of `WWW-Authenticate`; null: clients know of it by themselves. */
  readonly challenge: string | null;
  /** Whether it is offered and taken on such a channel. */
  isFor(channel: Channel): boolean;
  /** Whether this token, decoded from base64, is the first of a handshake of this scheme. */
  begins(token: Buffer): boolean;
  begin(channel: Channel): Handshake;
}
