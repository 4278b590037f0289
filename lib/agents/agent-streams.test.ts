import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Redactor } from "@/lib/domain/redactor";
import { heapInUse } from "@/tests/support/heap";
import { AgentOutput } from "./agent-output";
import { AgentStderr } from "./agent-stderr";
import { CallLog } from "./call-log";

const NONCE = "0123456789abcdef0123456789abcdef";
const seed = Date.now() % 2 ** 31;

let lines: [level: string, text: string][];
let log: CallLog;

beforeEach(() => {
  lines = [];
  log = newLog();
});

function newLog(limits?: { text: number; total: number }): CallLog {
  return new CallLog((level, text) => lines.push([level, text]), new Redactor(["hunter2!"]), limits);
}

function event(stream: string, text: string, nonce = NONCE): string {
  return `${JSON.stringify({ nonce, seq: 1, time: "2026-01-02T03:04:05.678Z", stream, text })}\n`;
}

function result(outputs: unknown, nonce = NONCE): string {
  return `${JSON.stringify({ nonce, seq: 2, time: "", result: { ok: true, exit_code: 0, outputs, error: null } })}\r\n`;
}

function read(text: string | Uint8Array, size = Number.POSITIVE_INFINITY): AgentOutput {
  const output = new AgentOutput(NONCE, log);
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
    output.write(bytes.subarray(at, at + Math.min(size, bytes.length)));
  }
  output.end();
  return output;
}

describe("stdout", () => {
  it("gives each stream its level, and the result", () => {
    const streams = ["verbose", "information", "warning", "error", "progress"];
    const output = read(
      streams.map((stream) => event(stream, `${stream} €`)).join("") + result({ a: ["b"] }),
    );
    expect(lines.map(([level]) => level)).toEqual(["verbose", "info", "warning", "error", "progress"]);
    expect(lines[0]?.[1]).toBe("verbose €");
    expect(output.result).toEqual({ ok: true, exit_code: 0, outputs: { a: ["b"] }, error: null });
  });

  it("may begin with a byte order mark", () => {
    expect(read(`\uFEFF${result({ n: 1 })}`).result?.outputs).toEqual({ n: 1 });
  });

  it(`is the same however the bytes are split (seed ${seed})`, () => {
    const text = `Bänner €\n${event("information", "grüße 😀")}${result({ name: "ü" })}`;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (size) => {
        lines = [];
        log = newLog();
        expect(read(text, size).result?.outputs).toEqual({ name: "ü" });
        expect(lines).toEqual([
          ["info", "Bänner €"],
          ["info", "grüße 😀"],
        ]);
      }),
      { seed, numRuns: 40 },
    );
  });

  it.each([
    ["a result with another nonce", result({}, "f".repeat(32))],
    ["a result with another nonce that quotes the right one", result({ NONCE }, "f".repeat(32))],
    ["a result inside the text of an event", event("information", result({}).trim())],
    [
      "a result whose parts have the wrong kind",
      `{"nonce":"${NONCE}","result":{"ok":"yes","exit_code":0,"outputs":{},"error":null}}\n`,
    ],
    ["a result with a list for outputs", result([])],
    ["JSON that is cut off", result({}).slice(0, -6)],
    ["a nonce inside another object", `{"x":{"nonce":"${NONCE}"}}\n`],
    ["a million brackets", `{"nonce":"${NONCE}","result":${"[".repeat(1e6)}\n`],
  ])("takes %s for text", (_, text) => {
    expect(read(text).result).toBeNull();
    expect(lines.length).toBeGreaterThan(0);
  });

  it("takes a result without a line end, keeps the first of two and says so", () => {
    expect(read(result({ n: 1 }).trim()).result?.outputs).toEqual({ n: 1 });
    const output = read(result({ n: 1 }) + result({ n: 2 }));
    expect(output.result?.outputs).toEqual({ n: 1 });
    expect(lines).toEqual([["warning", "The agent gave a second result. The first one counts."]]);
  });

  it("splits no entry of the log in two, and lets no control character through", () => {
    read(event("information", "one\r\ntwo\u2028three\n\n\u001b[31mred\u202e"));
    expect(lines.map(([, text]) => text)).toEqual(["one", "two", "three", "\ufffd[31mred\ufffd"]);
  });

  it("replaces a secret, also where two chunks divide it", () => {
    read(`raw hunter2! text\n${event("error", 'password "hunter2!" refused')}`, 7);
    expect(lines).toEqual([
      ["info", "raw [secret] text"],
      ["error", 'password "[secret]" refused'],
    ]);
  });

  it("keeps the beginning of a line of 100 MB, says what is missing, and memory does not grow", () => {
    const output = new AgentOutput(NONCE, log);
    const chunk = Buffer.alloc(1024 * 1024, "x");
    output.write(Buffer.from("hunter2! "));
    global.gc?.();
    const before = process.memoryUsage().rss;
    let peak = 0;
    for (let n = 0; n < 100; n++) {
      output.write(chunk);
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    output.write(Buffer.from(`\n${result({ n: 1 })}`));
    output.end();
    expect(output.result?.outputs).toEqual({ n: 1 });
    expect(lines[0]?.[1]).toMatch(/^\[secret\] x+$/);
    expect(lines[0]?.[1].length).toBeLessThan(20_000);
    expect(lines[1]).toEqual([
      "info",
      expect.stringMatching(/^\[… about 1048\d{5} more characters were left out\]$/),
    ]);
    expect(peak - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("ends a log that grows too long with one mark; the result still counts", () => {
    log = newLog({ text: 100, total: 1000 });
    const output = read(event("information", "x".repeat(90)).repeat(1000) + result({ n: 1 }));
    expect(output.result?.outputs).toEqual({ n: 1 });
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toEqual([
      "warning",
      "[the agent said more than 1000 characters; the rest is left out]",
    ]);
  });
});

describe("stderr", () => {
  function readStderr(text: string, size = Number.POSITIVE_INFINITY): void {
    const stderr = new AgentStderr(log);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
      stderr.write(bytes.subarray(at, at + Math.min(size, bytes.length)));
    }
    stderr.end();
  }

  const clixml =
    '#< CLIXML\r\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">' +
    '<Obj S="progress" RefId="0"><TN RefId="0"><T>System.Management.Automation.PSCustomObject</T></TN><MS><I64 N="SourceId">1</I64><PR N="Record"><AV>Preparing modules for first use.</AV></PR></MS></Obj>' +
    '<S S="Error">Get-VM : &lt;grüße&gt; hun_x000D__x000A_</S><S S="Error">ter2!_x000D__x000A_</S><S S="Error">_x005F_x0041_ 😀_x000D__x000A_</S>' +
    '<S S="warning">careful</S><S S="verbose">much &amp; more</S><S S="debug">d</S></Objs>';

  it.each([1, 7, 1_000_000])("is decoded from CLIXML without progress, in chunks of %i", (size) => {
    readStderr(clixml, size);
    expect(lines).toEqual([
      ["error", "Get-VM : <grüße> [secret]"],
      ["error", "_x0041_ 😀"],
      ["warning", "careful"],
      ["verbose", "much & more"],
      ["verbose", "d"],
    ]);
  });

  it("keeps what is complete of CLIXML that is cut off, and plain text as it is", () => {
    readStderr(`native tool: hunter2!\n${clixml.slice(0, clixml.indexOf('<S S="warning">') + 20)}`);
    expect(lines.map(([level]) => level)).toEqual(["warning", "error", "error"]);
    expect(lines[0]?.[1]).toBe("native tool: [secret]");
  });
});

it("keeps no more of an agent's longest lines in memory than of their text", () => {
  const before = heapInUse();
  for (let line = 0; line < 40; line++) read(event("information", "x".repeat(4_000_000)));
  expect(lines).toHaveLength(80);
  expect(heapInUse() - before).toBeLessThan(16_000_000);
});
