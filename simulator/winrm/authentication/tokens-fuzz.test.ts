import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NtlmAcceptor, type NtlmHost, NtlmRefusal } from "../ntlm/acceptor";
import { SignatureError } from "../ntlm/session-security";
import { readSealedBody, SealedBodyError } from "../sealed-body";
import { mechanismList, negTokenInit, negTokenResponse } from "../testing/negotiated-client";
import { NtlmClient } from "../testing/ntlm-client";
import { DerError } from "./der";
import { SpnegoHandshake } from "./spnego-handshake";

// Whatever a client sends, it is taken or refused: nothing else is thrown. fast-check prints the seed of a failure.

const RUNS = { numRuns: 3000 };
const host: NtlmHost = {
  computerName: "HV01",
  passwordOf: () => "password",
  channelBinding: Buffer.alloc(16, 1),
  requiresChannelBinding: false,
  now: Date.now,
};

const mutation = fc.record({
  at: fc.nat({ max: 400 }),
  remove: fc.nat({ max: 6 }),
  insert: fc.uint8Array({ maxLength: 6 }),
});
const mutations = fc.array(mutation, { maxLength: 4 });

function mutated(bytes: Buffer, changes: { at: number; remove: number; insert: Uint8Array }[]): Buffer {
  return changes.reduce((all: Buffer, { at, remove, insert }) => {
    const start = at % (all.length + 1);
    return Buffer.concat([all.subarray(0, start), insert, all.subarray(start + remove)]);
  }, bytes);
}

function refuses(work: () => unknown, ...kinds: (new (...args: never[]) => Error)[]): void {
  try {
    work();
  } catch (error) {
    expect(kinds.some((kind) => error instanceof kind)).toBe(true);
  }
}

const newClient = () => new NtlmClient({ user: "user", password: "password" });

describe("any bytes, and any change of right ones", () => {
  test("as a NEGOTIATE_MESSAGE", () => {
    const run = (token: Buffer) => refuses(() => new NtlmAcceptor(host).challenge(token), NtlmRefusal);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => run(Buffer.from(bytes))),
      RUNS,
    );
    fc.assert(
      fc.property(mutations, (changes) => run(mutated(newClient().first, changes))),
      RUNS,
    );
  });

  test("as an AUTHENTICATE_MESSAGE", () => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const [client, acceptor] = [newClient(), new NtlmAcceptor(host)];
        const right = client.answer(acceptor.challenge(client.first));
        refuses(() => acceptor.authenticate(mutated(right, changes)), NtlmRefusal);
      }),
      RUNS,
    );
  });

  test("as tokens of SPNEGO", () => {
    const kinds = [DerError, NtlmRefusal, SignatureError] as const;
    const list = mechanismList("ntlm");
    fc.assert(
      fc.property(mutations, mutations, (first, second) => {
        const [client, handshake] = [newClient(), new SpnegoHandshake(host)];
        refuses(() => handshake.step(mutated(negTokenInit(list, client.first), first)), ...kinds);
        const response = negTokenResponse(client.first, Buffer.alloc(16));
        refuses(() => handshake.step(mutated(response, second)), ...kinds);
      }),
      RUNS,
    );
  });

  test("as the body of a sealed message", () => {
    const type =
      'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';
    const right = Buffer.from(
      `--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=3\r\n--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n\x10\0\0\0${"s".repeat(16)}abc--Encrypted Boundary--\r\n`,
    );
    expect(readSealedBody(type, right).sealed.ciphertext.toString()).toBe("abc");
    fc.assert(
      fc.property(mutations, (changes) =>
        refuses(() => readSealedBody(type, mutated(right, changes)), SealedBodyError),
      ),
      RUNS,
    );
  });
});
