import { afterEach, expect, test } from "vitest";
import type { Engine } from "../engine";
import { QUOTA_PRESETS, type Quotas } from "./quotas";
import { faultCode, type RawClient, streamBytes } from "./testing/raw-client";
import { startTestHost, type TestHost } from "./testing/test-host";

const engine: Engine = {
  async run(_host, start, io) {
    if (start.command === "wait") for await (const _chunk of io.stdin);
    if (start.command === "trickle") {
      for await (const _chunk of io.stdin) io.stdout(Buffer.alloc(600 * 1024, "x"));
    }
    if (start.command === "flood") io.stdout(Buffer.alloc(2 * 1024 * 1024, "x"));
    if (start.command !== "sleep" && start.command !== "flood") return 0;
    await new Promise((resolve) => io.signal.addEventListener("abort", resolve));
    return 0;
  },
};

/** Accounts beside the one of the test host. */
const OTHERS = [
  { username: "second", password: "second" },
  { username: "reader", password: "reader", mayOpenShells: false },
];

let host: TestHost | undefined;
afterEach(() => host?.close());

function clientOf(account: string): RawClient {
  if (host === undefined) throw new Error("There is no host yet.");
  return host.newClient(account, account);
}

async function withQuotas(quotas: Partial<Quotas>): Promise<RawClient> {
  host = await startTestHost(engine, { ...QUOTA_PRESETS.documented, ...quotas }, { accounts: OTHERS });
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

test("another user's shells do not count, and are not theirs", async () => {
  const client = await withQuotas({ shells: 1, operations: 1 });
  const shellId = await client.createShell();
  await client.startCommand(shellId, "wait");
  const other = clientOf("second");
  const commandId = await other.startCommand(await other.createShell(), "wait");
  for (const answer of [
    await other.command(shellId, "wait"),
    await other.receive(shellId, commandId),
    await other.signal(shellId, commandId, "terminate"),
    await other.input(shellId, commandId, Buffer.from("x"), true),
    await other.delete(shellId),
  ]) {
    expect([answer.status, faultCode(answer)]).toEqual([500, 2147942405]);
  }
  expect((await client.delete(shellId)).status).toBe(200);
});

test("a new shell after the old one's deletion is all that helps against leaked operations", async () => {
  const client = await withQuotas({ operations: 1 });
  const old = await client.createShell();
  await client.signal(old, await client.startCommand(old, "wait"), "terminate");
  const next = await client.createShell();
  expect(faultCode(await client.command(next, "wait"))).toBe(2150859174);
  await client.delete(old);
  expect((await client.command(next, "wait")).status).toBe(200);
});

test("users with shells have a limit", async () => {
  const client = await withQuotas({ users: 1 });
  const shellId = await client.createShell();
  const other = clientOf("second");
  const refused = await other.send("Create", "<rsp:Shell/>");
  expect([refused.status, faultCode(refused)]).toEqual([500, 2150859179]);
  expect((await client.send("Create", "<rsp:Shell/>")).status).toBe(200);
  await client.delete(shellId);
  expect(faultCode(await other.send("Create", "<rsp:Shell/>"))).toBe(2150859179);
});

test("what was received and read is held no longer", async () => {
  const client = await withQuotas({ memoryPerShellMb: 1 });
  const shellId = await client.createShell();
  const commandId = await client.startCommand(shellId, "trickle");
  let received = 0;
  for (let round = 1; round <= 3; round += 1) {
    await client.input(shellId, commandId, Buffer.alloc(100 * 1024), false);
    while (received < round * 600 * 1024) {
      received += streamBytes((await client.receive(shellId, commandId)).body, "stdout").length;
    }
  }
  await client.input(shellId, commandId, Buffer.alloc(0), true);
  expect((await client.receive(shellId, commandId)).body).toContain("<rsp:ExitCode>0</rsp:ExitCode>");
});

test("a user who may not open shells is known, and denied access", async () => {
  await withQuotas({});
  const answer = await clientOf("reader").send("Create", "<rsp:Shell/>");
  expect([answer.status, faultCode(answer)]).toEqual([500, 2147942405]);
  expect(answer.body).toContain("<s:Value>w:AccessDenied</s:Value>");
});

test("a process that holds more than its shell's memory ends; another shell has its own", async () => {
  const client = await withQuotas({ memoryPerShellMb: 1 });
  const shellId = await client.createShell();
  const flooding = await client.startCommand(shellId, "flood");
  let received = "";
  while (!received.includes("CommandState/Done")) received += (await client.receive(shellId, flooding)).body;
  // STATUS_NO_MEMORY
  expect(received).toContain("<rsp:ExitCode>-1073741801</rsp:ExitCode>");

  const silent = await client.startCommand(shellId, "sleep");
  for (let count = 0; count < 4; count += 1) {
    await client.input(shellId, silent, Buffer.alloc(300 * 1024), false);
  }
  expect((await client.receive(shellId, silent)).body).toContain("<rsp:ExitCode>-1073741801</rsp:ExitCode>");
  const next = await client.createShell();
  const fresh = await client.startCommand(next, "sleep");
  expect((await client.input(next, fresh, Buffer.alloc(300 * 1024), false)).status).toBe(200);
});
