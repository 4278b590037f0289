import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PlannedFault } from "./fault-plan";
import { envelope, faultCode, type RawClient } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

let host: TestHost;
let client: RawClient;
beforeEach(async () => {
  host = await startTestHost({ run: async () => 0 });
  client = host.client;
});
afterEach(() => host.close());

function plan(fault: Pick<PlannedFault, "kind"> & Partial<PlannedFault>): void {
  host.endpoint.faults.add({ nth: 1, times: 1, when: "before", delayMs: 0, ...fault });
}

const create = () => client.send("Create", "<rsp:Shell/>");
const openShells = () => host.endpoint.wireRecord().open_shells;

describe.each(["before", "after"] as const)("%s the operation", (when) => {
  const shells = when === "before" ? 0 : 1;

  test("a reset reaches the client as ECONNRESET", async () => {
    plan({ kind: "reset", when });
    await expect(create()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(openShells()).toBe(shells);
    expect((await create()).status).toBe(200);
  });

  test("a half-close ends the connection without an answer", async () => {
    plan({ kind: "half_close", when });
    await expect(create()).rejects.toThrow("socket hang up");
    expect(openShells()).toBe(shells);
    expect((await create()).status).toBe(200);
  });
});

test("TimedOut as often as wanted, and the operation does not run", async () => {
  plan({ kind: "timed_out", action: "Create", times: 2 });
  expect(faultCode(await create())).toBe(2150858793);
  expect(faultCode(await create())).toBe(2150858793);
  expect(openShells()).toBe(0);
  expect((await create()).status).toBe(200);
});

test("401, 413 and the shell quota", async () => {
  plan({ kind: "unauthorized", nth: 1 });
  plan({ kind: "too_large", nth: 2 });
  plan({ kind: "quota", nth: 3 });
  const [first, second, third] = [await create(), await create(), await create()];
  expect([first?.status, second?.status, faultCode(third)]).toEqual([401, 413, 2150859173]);
  expect(openShells()).toBe(0);
});

test("a truncated answer is half a message, and the operation ran", async () => {
  plan({ kind: "truncated" });
  const answer = await create();
  expect(answer.status).toBe(200);
  expect(answer.body).toMatch(/^<s:Envelope/);
  expect(answer.body).not.toContain("</s:Envelope>");
  expect(openShells()).toBe(1);
});

test("a 500 without a body, and an answer that relates to another message", async () => {
  plan({ kind: "empty_500" });
  plan({ kind: "wrong_relates_to", nth: 2 });
  expect(await create()).toMatchObject({ status: 500, body: "" });
  const answer = await client.send("Create", "<rsp:Shell/>", { messageId: "uuid:mine" });
  expect(answer.status).toBe(200);
  expect(answer.body).not.toContain("uuid:mine");
  expect(answer.body).toContain("<a:RelatesTo>uuid:");
});

test("a slow answer ends with the client that waits for it", async () => {
  plan({ kind: "slow", delayMs: 600_000, times: null });
  const waiting = create().catch((error: Error) => error);
  await expect.poll(openShells, { timeout: 20_000 }).toBe(1);
  client.close();
  expect(await waiting).toBeInstanceOf(Error);
});

test("only the named operation and occurrence is hit, and clearing ends it", async () => {
  plan({ kind: "timed_out", action: "Delete", nth: 2, times: null });
  const shells = [await client.createShell(), await client.createShell(), await client.createShell()];
  expect((await client.delete(shells[0] ?? "")).status).toBe(200);
  expect(faultCode(await client.delete(shells[1] ?? ""))).toBe(2150858793);
  host.endpoint.faults.clear();
  expect((await client.delete(shells[2] ?? "")).status).toBe(200);
  expect(host.endpoint.wireRecord()).toMatchObject({
    requests: { Create: 3, Delete: 3 },
    faults: { timed_out: 1 },
  });
});

test("a host without power refuses connections, and comes back at its address without shells", async () => {
  const shellId = await client.createShell();
  const { port } = host.endpoint;
  await host.endpoint.powerOff();
  const refused = host.newClient().send("Create", "<rsp:Shell/>");
  await expect(refused).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await host.endpoint.powerOn();
  expect(host.endpoint.port).toBe(port);
  expect(faultCode(await host.newClient().delete(shellId))).toBe(2150858843);
});

test("a fault by its code, and one where none is named", async () => {
  plan({ kind: "fault", code: 2150859176 });
  plan({ kind: "fault", nth: 2 });
  plan({ kind: "fault", nth: 3, code: 2147942405 });
  const quota = await create();
  expect(faultCode(quota)).toBe(2150859176);
  expect(quota.body).toContain("<s:Value>w:QuotaLimit</s:Value>");
  const answer = await create();
  expect([answer.status, faultCode(answer)]).toEqual([500, 2147943759]);
  const denied = await create();
  expect(faultCode(denied)).toBe(2147942405);
  expect(denied.body).toContain("<s:Value>w:AccessDenied</s:Value>");
  expect(openShells()).toBe(0);
});

test("an answer that is cut off promises more than comes", async () => {
  plan({ kind: "cut_off" });
  await expect(create()).rejects.toThrow("aborted");
  expect(openShells()).toBe(1);
  expect((await create()).status).toBe(200);
});

test("a dripping answer comes whole in the end", async () => {
  plan({ kind: "dripping", delayMs: 0 });
  const answer = await create();
  expect(answer.status).toBe(200);
  expect(answer.body).toMatch(/^<s:Envelope.*<\/s:Envelope>$/s);
});

describe("of a connection that is authenticated by NTLM", () => {
  const REQUEST = envelope("Create", "<rsp:Shell/>");

  test("it no longer knows its client: 400 where messages are sealed, 401 where they are not", async () => {
    for (const scheme of ["http", "https"] as const) {
      const negotiated = host.negotiatedClient(scheme);
      await negotiated.authenticate();
      plan({ kind: "context_lost", action: "Create" });
      const post = () => (scheme === "http" ? negotiated.postSealed(REQUEST) : negotiated.post(REQUEST));
      expect((await post()).status).toBe(scheme === "http" ? 400 : 401);
      host.endpoint.faults.clear();
      await negotiated.authenticate();
      expect((await post()).status).toBe(200);
    }
    expect(openShells()).toBe(2);
  });

  test("the signature of its answer is wrong", async () => {
    const negotiated = host.negotiatedClient("http");
    await negotiated.authenticate();
    plan({ kind: "wrong_signature" });
    await expect(negotiated.postSealed(REQUEST)).rejects.toThrow("signature is wrong");
  });

  test("its answer is truncated, cut off, or empty with 500", async () => {
    const negotiated = host.negotiatedClient("http");
    await negotiated.authenticate();
    plan({ kind: "truncated" });
    plan({ kind: "empty_500", nth: 2 });
    plan({ kind: "cut_off", nth: 3 });
    const truncated = await negotiated.postSealed(REQUEST);
    expect(truncated.status).toBe(200);
    expect(truncated.body).not.toContain("</s:Envelope>");
    expect(await negotiated.postSealed(REQUEST)).toEqual({ status: 500, body: "" });
    await expect(negotiated.postSealed(REQUEST)).rejects.toThrow("aborted");
  });

  test.each([
    ["unauthorized", 401],
    ["too_large", 413],
    ["empty_500", 500],
  ] as const)("%s at a step of its handshake", async (kind, status) => {
    plan({ kind, action: "Handshake", nth: 2 });
    const negotiated = host.negotiatedClient();
    expect((await negotiated.authenticate()).status).toBe(status);
    expect((await host.negotiatedClient().authenticate()).status).toBe(200);
  });

  test.each([
    ["reset", "before", 1],
    ["reset", "after", 2],
    ["half_close", "before", 2],
    ["half_close", "after", 1],
  ] as const)("%s %s step %i of its handshake", async (kind, when, nth) => {
    plan({ kind, action: "Handshake", when, nth });
    await expect(host.negotiatedClient().authenticate()).rejects.toThrow(
      kind === "reset" ? "ECONNRESET" : "socket hang up",
    );
    expect((await host.negotiatedClient().authenticate()).status).toBe(200);
    expect(host.endpoint.wireRecord().faults).toEqual({ [kind]: 1 });
  });

  test("a fault without an action hits no step of a handshake", async () => {
    plan({ kind: "reset", times: null });
    const negotiated = host.negotiatedClient();
    expect((await negotiated.authenticate()).status).toBe(200);
    await expect(negotiated.post(REQUEST)).rejects.toThrow("ECONNRESET");
  });
});
