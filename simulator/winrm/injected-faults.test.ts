import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PlannedFault } from "./fault-plan";
import { faultCode, type RawClient } from "./testing/raw-client";
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
