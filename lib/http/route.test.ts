import { beforeEach, describe, expect, it } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import { ApiHarness } from "@/tests/support/api-harness";
import { authorize } from "./authorize";
import { readBody } from "./body";
import { noQuery, readQuery } from "./query";
import { conditional, json } from "./respond";

type Routes = ReturnType<ApiHarness["api"]>;

let harness: ApiHarness;
let body: unknown;
let read: Routes;
let write: Routes;
let needsServer: Routes;
let careless: Routes;

beforeEach(() => {
  harness = new ApiHarness();
  body = { n: 1 };
  read = harness.api({
    GET(call) {
      authorize(call, "jobs:read");
      readQuery(call, noQuery);
      return conditional(call, body);
    },
  });
  write = harness.api({
    async POST(call) {
      authorize(call, "jobs:read");
      const value = await readBody(call.request);
      if (value.fail === "known")
        throw new AethervError("vm_name_taken", "web-17 exists.", { detail: "raw words" });
      if (value.fail === "queue") throw new AethervError("queue_full", "Full.");
      if (value.fail === "unknown") throw new TypeError("the inner reason");
      return json(value);
    },
  });
  needsServer = harness.api({
    GET(call) {
      authorize(call, "jobs:read");
      call.server.log.info("served");
      return json({});
    },
  });
  careless = harness.api({
    async GET() {
      return json({ secret: true });
    },
  });
});

describe("who may ask", () => {
  it.each(["localhost", "localhost:3000", "127.0.0.1:8080", "[::1]:3000", "LOCALHOST:3000"])(
    "serves Host %s",
    async (host) => {
      expect((await harness.call(read, { headers: { host } })).status).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "localhost.evil.example:3000",
    "127.0.0.1.nip.io",
    "10.0.0.5:3000",
    "0.0.0.0:3000",
    "localhost@evil.example",
    "localhost:3000:1",
    "",
  ])("refuses Host %j", async (host) => {
    const { status, problem } = await harness.call(read, { headers: { host } });
    expect([status, problem.code]).toEqual([403, "foreign_origin"]);
  });

  it.each<Record<string, string>>([
    { origin: "http://evil.example" },
    { origin: "http://localhost:4000" },
    { origin: "null" },
    { origin: "http://localhost:3000.evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "http://localhost:3000", "sec-fetch-site": "cross-site" },
  ])("refuses a change asked for by %j", async (headers) => {
    const { status, problem } = await harness.call(write, { headers, body: "{}" });
    expect([status, problem.code]).toEqual([403, "foreign_origin"]);
  });

  it.each<Record<string, string>>([
    {},
    { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
  ])("takes a change asked for by %j", async (headers) => {
    expect((await harness.call(write, { headers, body: "{}" })).status).toBe(200);
  });

  it("withholds the answer of a handler that did not authorize", async () => {
    const { status, text } = await harness.call(careless);
    expect(status).toBe(500);
    expect(text).not.toContain("secret");
  });
});

describe("answers", () => {
  it("carries a request id, and the log the same", async () => {
    const { headers } = await harness.call(read);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(harness.logged.map((line) => JSON.parse(line))).toMatchObject([
      {
        request_id: headers.get("x-request-id"),
        method: "GET",
        path: "/api/v1/x",
        status: 200,
        level: "debug",
      },
    ]);
  });

  it.each([
    ["not_ready", "debug"],
    ["shutting_down", "debug"],
    ["host_unreachable", "error"],
  ] as const)("logs a read that is answered %s as %s", async (code, level) => {
    const route = harness.api({
      GET() {
        throw new AethervError(code, "As it is.");
      },
    });
    expect((await harness.call(route)).status).toBe(503);
    expect(harness.logged.map((line) => JSON.parse(line))).toMatchObject([{ code, level }]);
  });

  it("forbids sniffing, framing and keeping", async () => {
    const { headers } = await harness.call(write, { body: "{}" });
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("answers 304 until something other than an age changes", async () => {
    body = { vms: [{ name: "a", age_ms: 1 }] };
    const tag = (await harness.call(read)).headers.get("etag") ?? "";
    body = { vms: [{ name: "a", age_ms: 2 }] };
    const same = await harness.call(read, { headers: { "if-none-match": `"other", ${tag}` } });
    expect([same.status, same.text, same.headers.get("etag")]).toEqual([304, "", tag]);
    body = { vms: [{ name: "b", age_ms: 2 }] };
    const changed = await harness.call(read, { headers: { "if-none-match": tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(tag);
  });

  it("answers HEAD like GET without the body", async () => {
    const { status, headers, text } = await harness.call(read, { method: "HEAD" });
    expect([status, text]).toEqual([200, ""]);
    expect(headers.get("etag")).not.toBeNull();
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"] as const)(
    "answers %s with 405 and what is allowed",
    async (method) => {
      const { status, headers, problem } = await harness.call(read, { method });
      expect([status, problem.code, headers.get("allow")]).toEqual([
        405,
        "method_not_allowed",
        "GET, HEAD, OPTIONS",
      ]);
    },
  );

  it("answers OPTIONS with what is allowed, and no CORS", async () => {
    const { status, headers } = await harness.call(write, { method: "OPTIONS" });
    expect([status, headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("failures", () => {
  it("become problem documents with a code and the way on", async () => {
    const { status, headers, problem } = await harness.call(write, { body: '{"fail":"known"}' });
    expect(status).toBe(409);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(problem).toEqual({
      type: "urn:aetherv:problem:vm_name_taken",
      title: "A VM with this name exists already",
      status: 409,
      code: "vm_name_taken",
      detail: "web-17 exists.",
      next: "Choose another name, or delete the VM that has it.",
      errors: [],
      request_id: headers.get("x-request-id"),
    });
    expect(harness.logged.join()).toContain("raw words");
  });

  it("say when to ask again", async () => {
    const { status, headers } = await harness.call(write, { body: '{"fail":"queue"}' });
    expect([status, headers.get("retry-after")]).toEqual([429, "5"]);
  });

  it("of the unknown kind keep the reason in the log", async () => {
    const { status, text, problem } = await harness.call(write, { body: '{"fail":"unknown"}' });
    expect([status, problem.code]).toEqual([500, "internal_error"]);
    expect(text).not.toContain("inner reason");
    expect(JSON.parse(harness.logged[0] ?? "")).toMatchObject({
      level: "error",
      request_id: problem.request_id,
      err: { message: "the inner reason", stack: expect.stringContaining("TypeError") },
    });
  });

  it("before the server stands are not_ready", async () => {
    harness.running = false;
    const { status, headers, problem } = await harness.call(needsServer);
    expect([status, problem.code, headers.get("retry-after")]).toEqual([503, "not_ready", "1"]);
  });
});
