import { describe, expect, it } from "vitest";
import { ApiHarness, type CallInit } from "@/tests/support/api-harness";
import { authorize } from "./authorize";
import { readBody } from "./body";
import { json } from "./respond";

const harness = new ApiHarness();
const echo = harness.api({
  async POST(call) {
    authorize(call, "jobs:read");
    return json(await readBody(call.request));
  },
});
const call = (init: CallInit) => harness.call(echo, init);

describe("bodies", () => {
  const chunked = (size: number) =>
    new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < size; sent += 65_536) controller.enqueue(new Uint8Array(65_536).fill(32));
        controller.close();
      },
    });

  it.each<[string, BodyInit, number, string]>([
    ["not JSON", "{", 400, "malformed_json"],
    ["empty", "", 400, "malformed_json"],
    ["an array", "[]", 400, "malformed_json"],
    ["null", "null", 400, "malformed_json"],
    ["not UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "malformed_json"],
    ["nested 1,000 deep", `{"a":${"[".repeat(1_000)}${"]".repeat(1_000)}}`, 400, "malformed_json"],
    ["nested 100,000 deep", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400, "malformed_json"],
    ["with __proto__", '{"__proto__":{"polluted":true}}', 400, "malformed_json"],
    ["with __proto__ further down", '{"a":[{"__proto__":{"polluted":true}}]}', 400, "malformed_json"],
    ["of 2 MB", " ".repeat(2_000_000), 413, "body_too_large"],
    ["of 2 MB in chunks", chunked(2_000_000), 413, "body_too_large"],
  ])("refuses one that is %s", async (_, content, status, code) => {
    const { problem } = await call({ body: content });
    expect([problem.status, problem.code]).toEqual([status, code]);
    expect("polluted" in {}).toBe(false);
  });

  it.each<Record<string, string>>([
    { "content-type": "text/plain" },
    { "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "multipart/form-data; boundary=x" },
    { "content-type": "application/json; charset=latin1" },
    { "content-encoding": "gzip" },
  ])("refuses %j", async (headers) => {
    const { problem } = await call({ body: "{}", headers });
    expect([problem.status, problem.code]).toEqual([415, "unsupported_media_type"]);
  });

  it("names the field by its pointer", async () => {
    const { problem } = await call({ body: '{"a/b":["",{"__proto__":1}]}' });
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual(["/a~1b/1/__proto__"]);
  });

  it("does not quote what it cannot read", async () => {
    const { text } = await call({ body: '{"password": hunter2}' });
    expect(text).not.toContain("hunter2");
  });

  it("takes JSON with a charset, and any text", async () => {
    const content = { a: "€ 😀 \u0000 \r\n", constructor: 1 };
    const headers = { "content-type": "application/json; charset=UTF-8" };
    const { text } = await call({ body: JSON.stringify(content), headers });
    expect(JSON.parse(text)).toEqual(content);
  });
});
