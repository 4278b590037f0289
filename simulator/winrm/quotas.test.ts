import { afterEach, expect, test } from "vitest";
import type { Engine } from "../engine";
import { QUOTA_PRESETS, type Quotas } from "./quotas";
import { faultCode, type RawClient } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

const engine: Engine = {
  async run(_host, start, io) {
    if (start.command === "wait") for await (const _chunk of io.stdin);
    return 0;
  },
};

let host: TestHost | undefined;
afterEach(() => host?.close());

async function withQuotas(quotas: Partial<Quotas>): Promise<RawClient> {
  host = await startTestHost(engine, { ...QUOTA_PRESETS.documented, ...quotas });
  return host.client;
}

test("the thirty-first shell of a user is one too many, until one is closed", async () => {
  const client = await withQuotas({});
  const shells: string[] = [];
  for (let count = 0; count < 30; count += 1) shells.push(await client.createShell());
  const refused = await client.send("Create", "<rsp:Shell/>");
  expect([refused.status, faultCode(refused)]).toEqual([500, 2150859173]);
  expect(refused.body).toContain("<s:Value>w:QuotaLimit</s:Value>");
  await client.delete(shells[0] ?? "");
  expect((await client.send("Create", "<rsp:Shell/>")).status).toBe(200);
});

test("operations count until their shell is deleted, whatever was signalled", async () => {
  const client = await withQuotas({ operations: 2 });
  const shellId = await client.createShell();
  for (let count = 0; count < 2; count += 1) {
    await client.signal(shellId, await client.startCommand(shellId, "wait"), "terminate");
  }
  expect(faultCode(await client.command(shellId, "wait"))).toBe(2150859174);
  await client.delete(shellId);
  expect((await client.command(await client.createShell(), "wait")).status).toBe(200);
});

test("processes of one shell that run at once have a limit", async () => {
  const client = await withQuotas({ processesPerShell: 1 });
  const shellId = await client.createShell();
  const commandId = await client.startCommand(shellId, "wait");
  expect(faultCode(await client.command(shellId, "wait"))).toBe(2150859241);
  await client.signal(shellId, commandId, "terminate");
  expect((await client.command(shellId, "wait")).status).toBe(200);
});
