import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Announcement } from "./simulation";
import { NegotiatedClient } from "./winrm/testing/negotiated-client";
import { NtlmClient } from "./winrm/testing/ntlm-client";
import { envelope, RawClient } from "./winrm/testing/raw-client";

const MAIN = path.join(import.meta.dirname, "main.ts");

let directory: string;
let children: ChildProcess[];
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "aetherv-main-"));
  children = [];
});
afterEach(async () => {
  for (const child of children.filter(isRunning)) {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  rmSync(directory, { recursive: true });
});

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function launch(...args: string[]): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", MAIN, "--data", directory, "--time-factor", "0", ...args],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  children.push(child);
  return child;
}

async function start(...args: string[]): Promise<{ child: ChildProcess; announced: Announcement }> {
  const child = launch(...args);
  if (child.stdout === null) throw new Error("The simulator has no standard output.");
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    once(child, "exit").then(() => Promise.reject(new Error("The simulator ended before it listened."))),
  ]);
  return { child, announced: JSON.parse(line) };
}

async function call(announced: Announcement, method: string, route: string, body?: unknown) {
  const response = await fetch(`${announced.control}${route}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json" },
    }),
  });
  return { status: response.status, body: await response.json() };
}

function clientOf(announced: Announcement, name: string): RawClient {
  const host = announced.hosts.find((item) => item.name === name);
  if (host === undefined) throw new Error(`No host ${name} was announced.`);
  return new RawClient({
    port: Number(new URL(host.address).port),
    username: host.username,
    password: host.password,
    ca: readFileSync(host.ca_file, "utf8"),
  });
}

test("announces three hosts, runs a command on one, and ends with exit code 0 on SIGTERM", async () => {
  const { child, announced } = await start();
  expect(announced.hosts.map(({ name }) => name)).toEqual(["hv01", "hv02", "hv03"]);
  const client = clientOf(announced, "hv02");
  const shellId = await client.createShell();
  const commandId = await client.startCommand(shellId, "hostname");
  expect((await client.receive(shellId, commandId)).body).toContain(
    Buffer.from("HV02\r\n").toString("base64"),
  );
  client.close();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("writes a configuration for AetherV that only its owner reads", async () => {
  const { announced } = await start();
  expect(JSON.parse(readFileSync(announced.config_file, "utf8"))).toEqual({ hosts: announced.hosts });
  expect(statSync(announced.config_file).mode & 0o777).toBe(0o600);
  expect(path.dirname(announced.config_file)).toBe(directory);
});

test("a data directory keeps its addresses, accounts and authority", async () => {
  const first = await start();
  const authority = readFileSync(path.join(directory, "ca.pem"), "utf8");
  first.child.kill("SIGINT");
  await once(first.child, "exit");
  const second = await start();
  expect(second.announced.hosts).toEqual(first.announced.hosts);
  expect(readFileSync(path.join(directory, "ca.pem"), "utf8")).toBe(authority);
});

test("ends with its parent when asked to", async () => {
  const parent = spawn(
    "sh",
    [
      "-c",
      'exec 3>&1; "$@" >&3 & echo $!; read _',
      "sh",
      process.execPath,
      "--import",
      "tsx",
      MAIN,
      "--data",
      directory,
      "--exit-with-parent",
    ],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  children.push(parent);
  const lines = createInterface(parent.stdout)[Symbol.asyncIterator]();
  const pid = Number((await lines.next()).value);
  expect(JSON.parse((await lines.next()).value).hosts).toHaveLength(3);
  parent.kill("SIGKILL");
  const isAlive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  try {
    await expect.poll(isAlive, { timeout: 20_000 }).toBe(false);
  } finally {
    if (isAlive()) process.kill(pid, "SIGKILL");
  }
});

test("NTLM seals messages over plain HTTP, and may be made to name the certificate over TLS", async () => {
  const { announced } = await start("--channel-binding", "strict");
  const [host] = announced.hosts;
  if (host === undefined) throw new Error("No host was announced.");
  const ca = readFileSync(host.ca_file, "utf8");
  const { username: user, password } = host;
  const clientFor = (url = "") => new NegotiatedClient(url, ca, new NtlmClient({ user, password }));

  const overHttp = clientFor(announced.http_addresses[host.name]);
  expect((await overHttp.authenticate()).status).toBe(200);
  expect((await overHttp.postSealed(envelope("Create", "<rsp:Shell/>"))).status).toBe(200);
  const unbound = clientFor(host.address);
  expect((await unbound.authenticate()).status).toBe(401);
  for (const client of [overHttp, unbound]) client.close();
});

test("a mistake on the command line ends it with code 2 and the flag's name", async () => {
  const child = launch("--sede", "demo");
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  expect(await once(child, "close")).toEqual([2, null]);
  expect(stderr).toContain("--sede");
});

describe("the control API", () => {
  test("switches a host off and on, and injects and clears faults", async () => {
    const { announced } = await start();
    await call(announced, "POST", "/hosts/hv01/power", { on: false });
    await expect(clientOf(announced, "hv01").createShell()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect((await call(announced, "GET", "/wire")).body.hosts.hv01.on).toBe(false);
    await call(announced, "POST", "/hosts/hv01/power", { on: true });

    const client = clientOf(announced, "hv01");
    const fault = { host: "hv01", kind: "quota", action: "Create", times: null };
    expect(await call(announced, "POST", "/faults", fault)).toEqual({ status: 200, body: {} });
    await expect(client.createShell()).rejects.toThrow("2150859173");
    await call(announced, "DELETE", "/faults");
    const named = { host: "hv01", kind: "fault", code: 2150859176 };
    expect((await call(announced, "POST", "/faults", named)).status).toBe(200);
    await expect(client.createShell()).rejects.toThrow("2150859176");
    await client.createShell();
    const { hosts } = (await call(announced, "GET", "/wire")).body;
    expect(hosts.hv01).toMatchObject({
      on: true,
      requests: { Create: 3 },
      faults: { quota: 1, fault: 1 },
      open_shells: 1,
    });
    client.close();
  });

  test("says what is wrong with a request", async () => {
    const { announced } = await start();
    const wrong = async (method: string, route: string, body?: unknown) => {
      const answer = await call(announced, method, route, body);
      return `${answer.status} ${answer.body.error}`;
    };
    expect(await wrong("POST", "/faults", { host: "hv09", kind: "slow" })).toMatch(
      /^404 .*hv09.*hv01, hv02, hv03/,
    );
    expect(await wrong("POST", "/faults", { host: "hv01", kind: "nope" })).toMatch(
      /^400 kind is one of slow, .*agent_crash/,
    );
    expect(await wrong("POST", "/faults", { host: "hv01", kind: "slow", delay: 3 })).toMatch(/^400 .*delay/s);
    expect(await wrong("POST", "/faults", { host: "hv01", kind: "agent_crash", x: 3 })).toMatch(/^400 .*x/s);
    expect(await wrong("POST", "/hosts/hv01/power", { on: "yes" })).toMatch(/^400 .*on/s);
    expect(await wrong("POST", "/faults")).toMatch(/^415/);
    expect(await wrong("GET", "/secrets")).toMatch(/^404/);
  });

  test("does not answer to another host name, so that no page in a browser reaches it", async () => {
    const { announced } = await start();
    const response = get(`${announced.control}/state`, { headers: { Host: "evil.example" } });
    const [message] = await once(response, "response");
    message.resume();
    expect(message.statusCode).toBe(403);
  });

  test("shows the state of all hosts", async () => {
    const { announced } = await start();
    const { status, body } = await call(announced, "GET", "/state");
    expect([status, Object.keys(body.hosts)]).toEqual([200, ["hv01", "hv02", "hv03"]]);
  });
});

test("the control API does to VMs what happens without AetherV", async () => {
  const { announced } = await start();
  type State = { hosts: Record<string, { vms: { vm_id: string; vm_name: string; state: string }[] }> };
  const vms = async (host: string) =>
    ((await call(announced, "GET", "/state")).body as State).hosts[host]?.vms ?? [];
  const dc01 = (await vms("hv01")).find(({ vm_name }) => vm_name === "dc01")?.vm_id ?? "";
  const names = async (host: string) => (await vms(host)).map(({ vm_name }) => vm_name);

  expect(await call(announced, "POST", `/vms/${dc01}/rename`, { name: "dc02" })).toEqual({
    status: 200,
    body: {},
  });
  await call(announced, "POST", `/vms/${dc01}/migrate`, { to: "hv02" });
  expect(await names("hv01")).not.toContain("dc02");
  expect(await names("hv02")).toContain("dc02");
  await call(announced, "POST", `/vms/${dc01}/state`, { state: "saved" });
  expect((await vms("hv02")).find(({ vm_id }) => vm_id === dc01)?.state).toBe("saved");
  expect(await call(announced, "POST", `/vms/${dc01}/migrate`, { to: "hv02" })).toMatchObject({
    status: 409,
    body: { error: expect.stringContaining("it is there") },
  });
  expect((await call(announced, "POST", `/vms/${dc01}/state`, { state: "asleep" })).status).toBe(400);
  expect((await call(announced, "DELETE", `/vms/${dc01}`)).status).toBe(200);
  expect(await names("hv02")).not.toContain("dc02");
  expect((await call(announced, "DELETE", `/vms/${dc01}`)).status).toBe(404);
});

test("a host that reboots refuses connections until it is back, under the same address", async () => {
  const { announced } = await start();
  const ask = async () => {
    const client = clientOf(announced, "hv03");
    try {
      return await client.createShell();
    } finally {
      client.close();
    }
  };
  await call(announced, "POST", "/hosts/hv03/reboot", { seconds: 3600 });
  await expect(ask()).rejects.toThrow(/ECONNREFUSED/);
  await call(announced, "POST", "/hosts/hv03/reboot", { seconds: 0 });
  expect(await ask()).not.toBe("");
  expect((await call(announced, "POST", "/hosts/hv99/reboot", {})).status).toBe(404);
});
