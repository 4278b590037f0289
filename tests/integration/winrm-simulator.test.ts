import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WinrmClient } from "@/lib/winrm/client";
import type { Shell } from "@/lib/winrm/shell/shell";
import { type Engine, ProcessStartError } from "@/simulator/engine";
import { type Authority, issueServerCertificate, openAuthority } from "@/simulator/tls/certificates";
import { WinrmEndpoint } from "@/simulator/winrm/endpoint";
import type { PlannedFault } from "@/simulator/winrm/fault-plan";
import { QUOTA_PRESETS } from "@/simulator/winrm/quotas";
import { eventually } from "@/tests/support/eventually";

const PASSWORD = "Pä55:wörd";

/** `echo.exe` gives its stdin back and ends with 3, `wait.exe` runs until it is terminated. */
class TestEngine implements Engine {
  started = 0;
  ended = 0;

  async run(
    _host: string,
    start: Parameters<Engine["run"]>[1],
    io: Parameters<Engine["run"]>[2],
  ): Promise<number> {
    this.started++;
    try {
      if (start.command === "echo.exe") {
        io.stderr(Buffer.from(start.arguments.join("|")));
        for await (const chunk of io.stdin) io.stdout(chunk);
        return 3;
      }
      if (start.command !== "wait.exe") throw new ProcessStartError(2147942402, "The file was not found.");
      io.stdout(Buffer.from("waiting"));
      await new Promise((resolve) => io.signal.addEventListener("abort", resolve, { once: true }));
      return 1;
    } finally {
      this.ended++;
    }
  }
}

let directory: string;
let authority: Authority;
let endpoint: WinrmEndpoint;
let engine: TestEngine;
let client: WinrmClient;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "authority-"));
  authority = await openAuthority(directory);
});

afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(async () => {
  engine = new TestEngine();
  endpoint = new WinrmEndpoint({
    host: "hv01",
    certificate: await issueServerCertificate(authority, "hv01"),
    credentials: { username: "AETHERV", password: PASSWORD },
    engine,
    quotas: QUOTA_PRESETS.documented,
  });
  await endpoint.powerOn(0);
  client = connect(PASSWORD);
});

afterEach(async () => {
  client.close();
  await endpoint.powerOff();
});

function connect(password: string): WinrmClient {
  return new WinrmClient({
    url: `${endpoint.address}/wsman`,
    username: "AETHERV",
    password: { reveal: () => password },
    tls: { ca: readFileSync(authority.file, "utf8") },
    timeouts: { operationSeconds: 1 },
  });
}

interface Ended {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
}

async function run(
  command: string,
  stdin: Uint8Array,
  args: string[] = [],
  signal?: AbortSignal,
): Promise<Ended> {
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const { exitCode } = await inShell((shell) =>
    shell.run({
      command,
      arguments: args,
      stdin,
      onStdout: (chunk) => stdout.push(chunk),
      onStderr: (chunk) => stderr.push(chunk),
      ...(signal ? { signal } : {}),
    }),
  );
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

async function inShell<Result>(work: (shell: Shell) => Promise<Result>): Promise<Result> {
  const shell = await client.openShell();
  try {
    return await work(shell);
  } finally {
    await shell.close().catch(() => undefined);
  }
}

function fault(kind: PlannedFault["kind"], overrides: Partial<PlannedFault> = {}): PlannedFault {
  return { kind, nth: 1, times: 1, when: "before", delayMs: 0, ...overrides };
}

describe("the client and the simulated endpoint", () => {
  it("carry a megabyte of any bytes there and back, arguments, and the exit code", async () => {
    const stdin = randomBytes(1_000_003);
    const ended = await run("echo.exe", stdin, ["-a", '<ü & "b">']);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout.equals(stdin)).toBe(true);
    expect(ended.stderr).toBe('-a|<ü & "b">');
    expect(endpoint.wireRecord()).toMatchObject({ open_shells: 0, running_processes: 0 });
  });

  it("run twenty commands at once, each with its own output", async () => {
    const ended = await Promise.all(
      Array.from({ length: 20 }, (_, n) => run("echo.exe", Buffer.from(`call ${n}`))),
    );
    expect(ended.map(({ stdout }) => stdout.toString())).toEqual(
      Array.from({ length: 20 }, (_, n) => `call ${n}`),
    );
    expect(endpoint.wireRecord().open_shells).toBe(0);
  });

  it("poll on while the process is silent, and terminate it on abort", async () => {
    const abort = new AbortController();
    const running = run("wait.exe", new Uint8Array(), [], abort.signal);
    running.catch(() => undefined);
    await eventually(() => (endpoint.wireRecord().requests.Receive ?? 0) >= 3, "a Receive after a TimedOut");
    abort.abort();
    await expect(running).rejects.toMatchObject({ kind: "aborted", sent: true });
    await eventually(() => engine.ended === 1, "the end of the process");
    expect(endpoint.wireRecord()).toMatchObject({ open_shells: 0, running_processes: 0 });
  });

  it("name a program that is not there", async () => {
    await expect(run("nothing.exe", new Uint8Array())).rejects.toMatchObject({
      kind: "fault",
      faultCode: 2147942402,
      sent: false,
    });
    expect(endpoint.wireRecord().open_shells).toBe(0);
  });

  it("refuse a wrong password after one attempt", async () => {
    client.close();
    client = connect("wrong");
    await expect(client.openShell()).rejects.toMatchObject({ kind: "authentication", sent: false });
    expect(endpoint.wireRecord().requests).toEqual({ refused: 1 });
  });

  it("reach the quota of shells, and have them all back after closing", async () => {
    const shells = await Promise.all(Array.from({ length: 30 }, () => client.openShell()));
    await expect(client.openShell()).rejects.toMatchObject({ kind: "quota", sent: false });
    await Promise.all(shells.map((shell) => shell.close()));
    expect(endpoint.wireRecord().open_shells).toBe(0);
    await expect(run("echo.exe", new Uint8Array())).resolves.toMatchObject({ exitCode: 3 });
  });

  const actions = ["Create", "Command", "Send", "Receive"] as const;
  const kinds = [
    "reset",
    "half_close",
    "truncated",
    "empty_500",
    "wrong_relates_to",
    "unauthorized",
    "too_large",
  ] as const;
  const cases = actions.flatMap((action) =>
    kinds.flatMap((kind) => (["before", "after"] as const).map((when) => ({ action, kind, when }))),
  );
  it.each(cases)(
    "end with an error that is true after $kind at $action ($when)",
    async ({ action, kind, when }) => {
      endpoint.faults.add(fault(kind, { action, when }));
      const thrown = await run("echo.exe", Buffer.from("x")).catch((error: unknown) => error);
      expect(thrown).toMatchObject({ name: "WinrmError" });
      const { requests } = endpoint.wireRecord();
      expect(Math.max(requests.Command ?? 0, requests.Send ?? 0, requests.Create ?? 0)).toBe(1);
      // What is said not to have started has not started; only a lost Create can leave a shell behind.
      if (!(thrown as { sent: boolean }).sent) expect(engine.started).toBe(0);
      if (action !== "Create") expect(endpoint.wireRecord().open_shells).toBe(0);
    },
  );

  it("survive a host that goes down in the middle, and work again when it is back", async () => {
    const running = run("wait.exe", new Uint8Array());
    running.catch(() => undefined);
    await eventually(() => engine.started === 1, "the start of the process");
    const { port } = endpoint;
    await endpoint.powerOff();
    await expect(running).rejects.toMatchObject({ kind: "contact_lost", sent: true });
    await expect(client.openShell()).rejects.toMatchObject({ kind: "unreachable", sent: false });
    await endpoint.powerOn(port);
    await expect(run("echo.exe", new Uint8Array())).resolves.toMatchObject({ exitCode: 3 });
  });
});
