import { describe, expect, it } from "vitest";
import { TokenError } from "../token-error";
import { AV, answeredAvPairs, avValue, HAS_MIC, readAvPairs, writeAvPairs } from "./av-pairs";
import { NtlmContext } from "./context";
import { md4 } from "./md4";
import { MIC_OFFSET, negotiateMessage, readChallenge } from "./messages";
import { hmacMd5, ntlmv2Response, ntowfv2 } from "./ntlmv2";
import { Rc4 } from "./rc4";
import { NtlmSession } from "./session";

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");
const repeated = (byte: number, length: number) => Buffer.alloc(length, byte);

describe("MD4, by RFC 1320 A.5", () => {
  it.each([
    ["", "31d6cfe0d16ae931b73c59d7e0c089c0"],
    ["a", "bde52cb31de33e46245e05fbdbd6fb24"],
    ["abc", "a448017aaf21d8525fc10ae87aa6729d"],
    ["message digest", "d9130a8164549fe818874806e1c7014b"],
    ["abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"],
    ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"],
    [
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "e33b4ddc9c38f2199c3e7b164fcc0536",
    ],
  ])("of %j", (text, digest) => {
    expect(md4(Buffer.from(text)).toString("hex")).toBe(digest);
  });
});

describe("RC4, by RFC 6229", () => {
  it.each([
    ["0102030405", "b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919"],
    ["0102030405060708090a0b0c0d0e0f10", "9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c"],
  ])("with key %s, in one piece and in two", (key, stream) => {
    expect(new Rc4(hex(key)).apply(Buffer.alloc(32)).toString("hex")).toBe(stream);
    const cipher = new Rc4(hex(key));
    const pieces = [cipher.apply(Buffer.alloc(5)), cipher.apply(Buffer.alloc(27))];
    expect(Buffer.concat(pieces).toString("hex")).toBe(stream);
  });
});

describe("the NTLMv2 example of MS-NLMP 4.2", () => {
  const key = ntowfv2("User", "Domain", "Password");
  const serverChallenge = hex("0123456789abcdef");
  const domainPair = { id: 2, value: Buffer.from("Domain", "utf16le") };
  const serverPair = { id: 1, value: Buffer.from("Server", "utf16le") };
  const { response, sessionBaseKey } = ntlmv2Response({
    key,
    serverChallenge,
    clientChallenge: repeated(0xaa, 8),
    timestamp: Buffer.alloc(8),
    targetInfo: writeAvPairs([domainPair, serverPair]),
  });

  it("gives its keys and its response (4.2.4.1, 4.2.4.2)", () => {
    expect(key.toString("hex")).toBe("0c868a403bfd7a93a3001ef22ef02e3f");
    expect(response.subarray(0, 16).toString("hex")).toBe("68cd0ab851e51c96aabc927bebef6a1c");
    expect(response.subarray(16).toString("hex")).toBe(
      "01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00" +
        "01000c005300650072007600650072000000000000000000",
    );
    expect(sessionBaseKey.toString("hex")).toBe("8de40ccadbc14a82f15cb0ad0de95ca3");
    const encrypted = new Rc4(sessionBaseKey).apply(repeated(0x55, 16));
    expect(encrypted.toString("hex")).toBe("c5dad2544fc9799094ce1ce90bc9d03e");
  });

  it("reads its challenge (4.2.4.3)", () => {
    const message = hex(
      `4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000 2400240044000000
       060070170000000f 530065007200760065007200
       02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000`,
    );
    expect(readChallenge(message)).toEqual({
      flags: 0xe28a8233,
      serverChallenge,
      targetInfo: [domainPair, serverPair],
    });
  });

  it("seals its message (4.2.4.4)", () => {
    const session = new NtlmSession(repeated(0x55, 16));
    const { signature, sealed } = session.seal(Buffer.from("Plaintext", "utf16le"));
    expect(sealed.toString("hex")).toBe("54e50165bf1936dc996020c1811b0f06fb5f");
    expect(signature.toString("hex")).toBe("010000007fb38ec5c55d497600000000");
  });
});

describe("NTOWFv2", () => {
  it("turns the user name to capitals as Windows does, and leaves the domain", () => {
    expect(ntowfv2("uSeR", "Domain", "Password")).toEqual(ntowfv2("USER", "Domain", "Password"));
    expect(ntowfv2("user", "DOMAIN", "Password")).not.toEqual(ntowfv2("user", "Domain", "Password"));
    expect(ntowfv2("jürgen", "", "x")).toEqual(ntowfv2("JÜRGEN", "", "x"));
    expect(ntowfv2("groß", "", "x")).not.toEqual(ntowfv2("GROSS", "", "x"));
  });
});

/** A challenge with these attributes and, unless told otherwise, all that the client wants. */
function challenge(
  pairs = [{ id: AV.timestamp, value: hex("1122334455667788") }],
  flags = 0xe28a8235,
): Buffer {
  const targetInfo = writeAvPairs(pairs);
  const head = Buffer.alloc(56);
  head.write("NTLMSSP\0", "latin1");
  head.writeUInt32LE(2, 8);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(flags, 20);
  head.write("0123456789abcdef", 24, "hex");
  head.writeUInt16LE(targetInfo.length, 40);
  head.writeUInt16LE(targetInfo.length, 42);
  head.writeUInt32LE(56, 44);
  return Buffer.concat([head, targetInfo]);
}

const password = { reveal: () => "Password" };

async function authenticate(username: string, message = challenge(), channelBindings: Buffer | null = null) {
  const context = new NtlmContext({ username, password }, { service: "HTTP/hv01", channelBindings });
  const negotiate = (await context.step(null)) ?? Buffer.alloc(0);
  const authenticate = (await context.step(message)) ?? Buffer.alloc(0);
  const field = (at: number) =>
    authenticate.subarray(
      authenticate.readUInt32LE(at + 4),
      authenticate.readUInt32LE(at + 4) + authenticate.readUInt16LE(at),
    );
  const text = (at: number) => field(at).toString("utf16le");
  const ntResponse = field(20);
  const attributes = readAvPairs(ntResponse.subarray(44, ntResponse.length - 4));
  return { context, negotiate, authenticate, field, text, ntResponse, attributes };
}

describe("what the client sends", () => {
  it("asks for signing, sealing, 128 bits and key exchange at once", () => {
    const message = negotiateMessage();
    expect(message.toString("latin1", 0, 8)).toBe("NTLMSSP\0");
    expect(message.readUInt32LE(8)).toBe(1);
    expect(message.readUInt32LE(12).toString(16)).toBe("62888235");
    expect(message).toHaveLength(40);
  });

  it.each([
    ["CONTOSO\\alice", "CONTOSO", "alice"],
    [".\\alice", "", "alice"],
    ["alice", "", "alice"],
    ["alice@contoso.example", "", "alice@contoso.example"],
  ])("reads %s as domain %j and user %j", async (name, domain, user) => {
    const sent = await authenticate(name);
    expect([sent.text(28), sent.text(36)]).toEqual([domain, user]);
    const proof = hmacMd5(
      ntowfv2(user, domain, "Password"),
      hex("0123456789abcdef"),
      sent.ntResponse.subarray(16),
    );
    expect(sent.ntResponse.subarray(0, 16)).toEqual(proof);
  });

  it("carries the host's time, its service, its channel and a MIC over all three messages", async () => {
    const bindings = repeated(7, 16);
    const message = challenge();
    const sent = await authenticate("CONTOSO\\alice", message, bindings);
    expect(sent.ntResponse.subarray(24, 32).toString("hex")).toBe("1122334455667788");
    expect(avValue(sent.attributes, AV.targetName)?.toString("utf16le")).toBe("HTTP/hv01");
    expect(avValue(sent.attributes, AV.channelBindings)).toEqual(bindings);
    expect(avValue(sent.attributes, AV.flags)?.readUInt32LE(0)).toBe(HAS_MIC);
    const baseKey = hmacMd5(ntowfv2("alice", "CONTOSO", "Password"), sent.ntResponse.subarray(0, 16));
    const sessionKey = new Rc4(baseKey).apply(sent.field(52));
    const blank = Buffer.from(sent.authenticate).fill(0, MIC_OFFSET, MIC_OFFSET + 16);
    expect(sent.authenticate.subarray(MIC_OFFSET, MIC_OFFSET + 16)).toEqual(
      hmacMd5(sessionKey, sent.negotiate, message, blank),
    );
  });

  it("holds the password in no form but its response, and chooses other random values each time", async () => {
    const [first, second] = [await authenticate("alice"), await authenticate("alice")];
    for (const encoding of ["utf8", "utf16le"] as const) {
      expect(first.authenticate.includes(Buffer.from("Password", encoding))).toBe(false);
    }
    expect(first.ntResponse.subarray(32, 40)).not.toEqual(second.ntResponse.subarray(32, 40));
    expect(first.field(52)).not.toEqual(second.field(52));
  });

  it("keeps the host's own attributes, and replaces those that are the client's", () => {
    const offered = [
      { id: 1, value: hex("0102") },
      { id: AV.flags, value: hex("01000000") },
      { id: AV.channelBindings, value: repeated(9, 16) },
    ];
    const answered = answeredAvPairs(offered, "HTTP/x", null);
    expect(answered.map(({ id }) => id)).toEqual([1, AV.flags, AV.channelBindings, AV.targetName]);
    expect(avValue(answered, AV.flags)).toEqual(hex("03000000"));
    expect(avValue(answered, AV.channelBindings)).toEqual(Buffer.alloc(16));
  });
});

describe("a challenge is refused", () => {
  const cases: [string, Buffer, RegExp][] = [
    [
      "that is something else",
      Buffer.from("no NTLM at all, but as long as a challenge is, and longer"),
      /no NTLM message/,
    ],
    ["that is cut short", challenge().subarray(0, 47), /no NTLM message/],
    ["that is huge", Buffer.concat([challenge(), Buffer.alloc(20_000)]), /no NTLM message/],
    [
      "of another type",
      Buffer.concat([Buffer.from("NTLMSSP\0\x03\0\0\0"), Buffer.alloc(60)]),
      /no challenge/,
    ],
    ["whose attributes lie outside", challenge().subarray(0, 60), /outside/],
    ["without NTLMv2", challenge([], 0xe20a8235), /NTLMv2/],
    ["without 128-bit keys", challenge([], 0xc28a8235), /128-bit/],
    ["without key exchange", challenge([], 0xa28a8235), /key exchange/],
    ["without sealing", challenge([], 0xe28a8215), /sealing/],
    ["without extended session security", challenge([], 0xe2828235), /extended session security/],
  ];
  it.each(cases)("%s", (_, message, why) => {
    expect(() => readChallenge(message)).toThrow(TokenError);
    expect(() => readChallenge(message)).toThrow(why);
  });

  it("a second time", async () => {
    const { context } = await authenticate("alice");
    await expect(context.step(challenge())).rejects.toThrow(/out of turn/);
  });

  it("whose attributes have no end", () => {
    expect(() => readAvPairs(hex("0100020041"))).toThrow(/cut short/);
    expect(() => readAvPairs(hex("010002004100"))).toThrow(/no end/);
  });
});

describe("a sealed message", () => {
  /** The host's side: the same keys with the directions changed, which this client never plays. */
  const keys = repeated(0x55, 16);
  const mirror = (session: NtlmSession, text: string) => session.seal(Buffer.from(text));

  it("is refused when altered, repeated, or sent back to where it came from", () => {
    const client = new NtlmSession(keys);
    const { signature, sealed } = mirror(client, "hello");
    expect(() => new NtlmSession(keys).unseal(signature, sealed)).toThrow(TokenError);
  });

  it("differs from the one before although it says the same, until the key streams begin anew", () => {
    const client = new NtlmSession(keys);
    const first = mirror(client, "hello");
    const second = mirror(client, "hello");
    expect(second.sealed).not.toEqual(first.sealed);
    client.restartKeyStreams();
    const third = mirror(client, "hello");
    expect(third.sealed).toEqual(first.sealed);
    // Messages are counted on.
    expect(third.signature.readUInt32LE(12)).toBe(2);
    expect(third.signature).not.toEqual(first.signature);
  });
});
