import { describe, expect, test } from "vitest";
import { NtlmAcceptor, type NtlmHost } from "./acceptor";
import { Rc4 } from "./rc4";
import { ntowfv2, proveNtResponse, readClientChallenge } from "./responses";
import { SessionSecurity } from "./session-security";

// The published example of NTLMv2, MS-NLMP 4.2.1 and 4.2.4.

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");
const SERVER_CHALLENGE = hex("0123456789abcdef");
const SESSION_KEY = Buffer.alloc(16, 0x55);
/** NTLMv2_CLIENT_CHALLENGE: time 0, client challenge aa, Domain and Server. */
const TEMP = hex(`01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00
  01000c005300650072007600650072000000000000000000`);
const PROOF = hex("68cd0ab851e51c96aabc927bebef6a1c");
const NT_RESPONSE = Buffer.concat([PROOF, TEMP]);
/** Flags of the example: 56, KEY_EXCH, 128, VERSION, TARGET_INFO, EXTENDED_SESSIONSECURITY, … */
const FLAGS = 0xe28a8233;

describe("keys", () => {
  test("NTOWFv2", () => {
    expect(ntowfv2("Password", "User", "Domain")).toEqual(hex("0c868a403bfd7a93a3001ef22ef02e3f"));
    expect(ntowfv2("Password", "uSER", "Domain")).toEqual(ntowfv2("Password", "User", "Domain"));
  });

  test("NTProofStr and SessionBaseKey", () => {
    const key = ntowfv2("Password", "User", "Domain");
    const base = proveNtResponse(key, SERVER_CHALLENGE, NT_RESPONSE);
    expect(base).toEqual(hex("8de40ccadbc14a82f15cb0ad0de95ca3"));
    expect(base && new Rc4(base).update(SESSION_KEY)).toEqual(hex("c5dad2544fc9799094ce1ce90bc9d03e"));
    const other = ntowfv2("password", "User", "Domain");
    expect(proveNtResponse(other, SERVER_CHALLENGE, NT_RESPONSE)).toBeUndefined();
    expect(proveNtResponse(key, SERVER_CHALLENGE, Buffer.alloc(3))).toBeUndefined();
  });

  test("the client's challenge", () => {
    expect(readClientChallenge(NT_RESPONSE)?.timestamp).toBe(0n);
    expect(readClientChallenge(NT_RESPONSE)?.avPairs.get(1)?.toString("utf16le")).toBe("Server");
    // NTLMv1: 24 bytes
    expect(readClientChallenge(Buffer.alloc(24, 1))).toBeUndefined();
    expect(readClientChallenge(NT_RESPONSE.subarray(0, 60))).toBeUndefined();
  });
});

describe("sealing", () => {
  const plaintext = Buffer.from("Plaintext", "utf16le");
  const sealed = {
    ciphertext: hex("54e50165bf1936dc996020c1811b0f06fb5f"),
    signature: hex("010000007fb38ec5c55d497600000000"),
  };

  test("what the client of the example seals", () => {
    expect(new SessionSecurity("client", SESSION_KEY, FLAGS).seal(plaintext)).toEqual(sealed);
  });

  test("the server unseals it, once", () => {
    const server = new SessionSecurity("server", SESSION_KEY, FLAGS);
    expect(server.unseal(sealed)).toEqual(plaintext);
    expect(() => server.unseal(sealed)).toThrow("signature");
  });

  test.each([0, 4, 11, 12])("a signature that differs in byte %i", (index) => {
    const signature = Buffer.from(sealed.signature);
    signature.writeUInt8(signature.readUInt8(index) ^ 1, index);
    const server = new SessionSecurity("server", SESSION_KEY, FLAGS);
    expect(() => server.unseal({ ...sealed, signature })).toThrow("signature");
  });
});

describe("the handshake of the example", () => {
  /** Null for the time 0 of the example. */
  const host = (password: string | undefined): NtlmHost => ({
    computerName: "Server",
    passwordOf: (user) => (user === "User" ? password : undefined),
    channelBinding: null,
    requiresChannelBinding: false,
    now: () => Date.UTC(1601, 0, 1),
    challenge: SERVER_CHALLENGE,
  });
  const negotiate = hex("4e544c4d5353500001000000338208e20000000000000000000000000000000006007017 0000000f");
  /** AUTHENTICATE_MESSAGE, MS-NLMP 4.2.4.3. */
  const authenticate =
    hex(`4e544c4d5353500003000000180018006c00000054005400840000000c000c0048000000080008005400
    0000100010005c00000010001000d8000000358288e20501280a0000000f44006f006d00610069006e00550073006500720043004f00
    4d0050005500540045005200 86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa ${NT_RESPONSE.toString("hex")}
    c5dad2544fc9799094ce1ce90bc9d03e`);

  test("gives the session key with which its messages were sealed", () => {
    const acceptor = new NtlmAcceptor(host("Password"));
    expect(acceptor.challenge(negotiate).subarray(24, 32)).toEqual(SERVER_CHALLENGE);
    const { user, security } = acceptor.authenticate(authenticate);
    expect(user).toBe("User");
    const client = new SessionSecurity("client", SESSION_KEY, FLAGS);
    expect(security.unseal(client.seal(Buffer.from("x"))).toString()).toBe("x");
  });

  test.each(["password", undefined])("is refused where the password is %s", (password) => {
    const acceptor = new NtlmAcceptor(host(password));
    acceptor.challenge(negotiate);
    expect(() => acceptor.authenticate(authenticate)).toThrow("user name or the password");
  });
});
