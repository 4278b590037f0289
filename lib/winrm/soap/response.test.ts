import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COMMAND_ID,
  commandResponse,
  created,
  envelope,
  received,
  SHELL_ID,
  wmiFault,
  wsmanFault,
} from "@/tests/support/winrm-double";
import { WinrmError } from "../errors";
import type { Operation } from "./namespaces";
import { readCommandId, readReceived, readResponse, readShellId } from "./response";
import type { XmlElement } from "./xml-reader";

const seed = Date.now() % 2 ** 31;
const ID = "uuid:1";

interface Case {
  operation: Operation;
  body: string;
  read: (body: XmlElement) => unknown;
}

const cases: Case[] = [
  { operation: "create", body: created(), read: readShellId },
  { operation: "command", body: commandResponse(), read: readCommandId },
  {
    operation: "receive",
    body: received([["stdout", "text"]], 0),
    read: (body) => readReceived(body, COMMAND_ID),
  },
];

const faults: Case[] = [wsmanFault, wmiFault].map((fault) => ({
  operation: "command",
  body: fault(2150858793, "w:TimedOut", "It took &#x6c;ong."),
  read: () => null,
}));

function read({ operation, read: readBody }: Case, xml: string): unknown {
  return readBody(readResponse(operation, ID, xml));
}

describe("answers", () => {
  it("give the shell, the command, and the output with the exit code", () => {
    expect(cases.map((item) => read(item, envelope(item.body, ID)))).toEqual([
      SHELL_ID,
      COMMAND_ID,
      { chunks: [{ stream: "stdout", bytes: Buffer.from("text") }], exitCode: 0 },
    ]);
  });

  it("may name the shell in its selector only, or in its body only", () => {
    const [selector, body] = created().split("</x:ResourceCreated>");
    const [create] = cases;
    for (const part of [`${selector}</x:ResourceCreated>`, body ?? ""]) {
      expect(create && read(create, envelope(part, ID))).toBe(SHELL_ID);
    }
  });

  it.each([
    ["an answer without RelatesTo", envelope(created(), ID).replace(/<a:RelatesTo>.*<\/a:RelatesTo>/, "")],
    [
      "an envelope of SOAP 1.1",
      envelope(created(), ID).replace(
        "http://www.w3.org/2003/05/soap-envelope",
        "http://schemas.xmlsoap.org/soap/envelope/",
      ),
    ],
    ["an answer without a body", envelope("", ID).replace("<s:Body></s:Body>", "")],
    ["an answer that names no shell", envelope("", ID)],
  ])("refuse %s", (_, xml) => {
    const [create] = cases;
    expect(() => create && read(create, xml)).toThrow(WinrmError);
  });

  it(`that are damaged fail with WinrmError and nothing else (seed ${seed})`, () => {
    const mutation = fc.tuple(fc.nat(), fc.nat(12), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...cases, ...faults),
        fc.array(mutation, { maxLength: 3 }),
        fc.nat(),
        (item, edits, cut) => {
          const source = envelope(item.body, ID);
          const mutated = edits.reduce((xml, [at, length, text]) => {
            const start = at % xml.length;
            return xml.slice(0, start) + text + xml.slice(start + length);
          }, source);
          const xml = mutated.slice(0, cut % (2 * source.length));
          try {
            read(item, xml);
          } catch (error) {
            expect(error).toBeInstanceOf(WinrmError);
          }
        },
      ),
      { seed, numRuns: 10_000 },
    );
  });
});
