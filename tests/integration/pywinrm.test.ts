import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WindowsCommands } from "@/simulator/commands/windows-commands";
import type { Engine } from "@/simulator/engine";
import { issueClientCertificate, openAuthority } from "@/simulator/tls/certificates";
import { startTestHost, type TestHost } from "@/simulator/winrm/testing/test-host";

/** Debian's pywinrm is installed for Debian's Python only. */
const PYTHON = "/usr/bin/python3";
const CLIENT = path.join(import.meta.dirname, "pywinrm-client.py");
const HOST_SETUP = path.join(import.meta.dirname, "..", "..", "docs", "host-setup.md");

interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

const echoArguments: Engine = {
  async run(_host, start, io) {
    io.stdout(Buffer.from(start.arguments.join("|")));
    return 0;
  },
};

let host: TestHost;
beforeAll(async () => {
  const found = spawnSync(PYTHON, ["-c", "import winrm, requests_ntlm"]);
  if (found.status !== 0) {
    throw new Error(
      `${PYTHON} has no modules winrm and requests_ntlm: apt-get install python3-winrm python3-requests-ntlm`,
    );
  }
  host = await startTestHost(new WindowsCommands(echoArguments));
});
afterAll(() => host?.close());

test("hostname", async () => {
  expect(await run(["hostname"])).toEqual([{ status: 0, stdout: "HV01\r\n", stderr: "" }]);
});

test("a command with arguments", async () => {
  expect(await run(["echo", "<straße> &", "two"])).toEqual([
    { status: 0, stdout: "<straße> & two\r\n", stderr: "" },
  ]);
});

test("a non-zero exit code, and a command that is not there", async () => {
  const [exit, missing] = await run(["cmd", "/c", "exit", "7"], ["no-such-tool"]);
  expect(exit).toMatchObject({ status: 7 });
  expect(missing).toMatchObject({ status: 1, stdout: "" });
  expect(missing?.stderr).toContain("'no-such-tool' is not recognized");
});

test("more output than one answer holds", async () => {
  const line = "é0123456789".repeat(10);
  const [result] = await run(["cmd", "/c", `for /l %i in (1,1,6000) do @echo %i ${line}`]);
  const lines = Array.from({ length: 6000 }, (_, index) => `${index + 1} ${line}\r\n`);
  expect(Buffer.byteLength(lines.join(""))).toBeGreaterThan(512 * 1024);
  expect(result?.stdout === lines.join("")).toBe(true);
});

test("PowerShell gets its arguments from a command line in one piece", async () => {
  const [result] = await run(["powershell -encodedcommand ZQB4AGkAdAA="]);
  expect(result?.stdout).toBe("-encodedcommand|ZQB4AGkAdAA=");
});

test("a wrong password is refused", async () => {
  expect(await client({ password: "wrong" })).toMatchObject({ error: "InvalidCredentialsError" });
});

test("the certificate is verified", async () => {
  expect(await client({ ca: null })).toMatchObject({ error: "SSLError" });
});

test("the check of an account in docs/host-setup.md", async () => {
  const script = /^\/usr\/bin\/python3 - .*?\n(.*?)^END$/ms.exec(readFileSync(HOST_SETUP, "utf8"))?.[1] ?? "";
  const { port } = new URL(host.endpoint.address);
  const { username, password } = host.credentials;
  // The listener's port is the system's choice here, and there is no terminal that asks for a password.
  const here = script.replace(":5986", `:${port}`).replace("getpass.getpass()", JSON.stringify(password));
  const said = await new Promise<string>((resolve, reject) => {
    const args = ["-", "localhost", username, host.caFile];
    const python = execFile(PYTHON, args, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    python.stdin?.end(here);
  });
  expect(said).toBe(`hv01\\${username}\n`.toLowerCase());
});

describe("NTLM by requests_ntlm", () => {
  const https = () => ({ transport: "ntlm", endpoint: `${host.endpoint.address}/wsman` });
  const http = () => ({ transport: "ntlm", endpoint: `${host.endpoint.httpAddress}/wsman` });
  const commands = [
    { command: "hostname", arguments: [] },
    { command: "cmd", arguments: ["/c", "for /l %i in (1,1,9000) do @echo %i"] },
  ];
  const numbers = Array.from({ length: 9000 }, (_, index) => `${index + 1}\r\n`).join("");

  test.each([
    ["over HTTPS, bound to its certificate", https, "auto"],
    ["over HTTPS, sealed as well", https, "always"],
    ["over HTTP, sealed", http, "auto"],
  ])("%s", async (_what, endpoint, encryption) => {
    const results = await client({ ...endpoint(), message_encryption: encryption, commands });
    expect(results).toEqual([
      { status: 0, stdout: "HV01\r\n", stderr: "" },
      { status: 0, stdout: numbers, stderr: "" },
    ]);
  });

  test("over HTTP, with the host's name before the user's", async () => {
    const username = `HV01\\${host.credentials.username}`;
    expect(await client({ ...http(), username })).toMatchObject([{ status: 0 }]);
  });

  test("a wrong password is refused, over either", async () => {
    for (const endpoint of [https(), http()]) {
      expect(await client({ ...endpoint, password: "wrong" })).toMatchObject({
        error: "InvalidCredentialsError",
      });
    }
  });

  test("plain messages over HTTP are refused", async () => {
    expect(await client({ ...http(), message_encryption: "never" })).toEqual({
      error: "WinRMTransportError",
      message: "Bad HTTP response returned from server. Code 500",
    });
  });

  test("a fault comes sealed, and pywinrm reads it", async () => {
    const missing = [{ command: "x".repeat(9000), arguments: [] }];
    const answer = await client({ ...http(), commands: missing });
    expect(answer).toMatchObject({
      error: "WinRMError",
      message: expect.stringContaining("The filename or extension is too long."),
    });
  });
});

test("a client's certificate", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "aetherv-pywinrm-"));
  const authority = await openAuthority(directory);
  const { cert, key } = await issueClientCertificate(authority, "operator@localhost");
  const [cert_pem, cert_key_pem] = [path.join(directory, "cert.pem"), path.join(directory, "key.pem")];
  writeFileSync(cert_pem, cert);
  writeFileSync(cert_key_pem, key);
  const mapping = {
    subject: "operator@localhost",
    issuer: readFileSync(authority.file, "utf8"),
    username: host.credentials.username,
  };
  const mapped = await startTestHost(new WindowsCommands(echoArguments), undefined, {
    service: { certificateMappings: [mapping] },
  });
  try {
    const overrides = { transport: "certificate", ca: mapped.caFile, cert_pem, cert_key_pem };
    const endpoint = `${mapped.endpoint.address}/wsman`;
    expect(await client({ ...overrides, endpoint })).toMatchObject([{ stdout: "HV01\r\n" }]);
  } finally {
    await mapped.close();
    rmSync(directory, { recursive: true });
  }
});

async function run(...lines: [command: string, ...args: string[]][]): Promise<CommandResult[]> {
  const commands = lines.map(([command, ...args]) => ({ command, arguments: args }));
  return (await client({ commands })) as CommandResult[];
}

/** Runs pywinrm in its own process; whatever `overrides` leaves out is right. */
function client(overrides: Record<string, unknown>): Promise<unknown> {
  const request = {
    endpoint: `${host.endpoint.address}/wsman`,
    transport: "basic",
    message_encryption: "auto",
    ...host.credentials,
    ca: host.caFile,
    cert_pem: null,
    cert_key_pem: null,
    commands: [{ command: "hostname", arguments: [] }],
    ...overrides,
  };
  return new Promise((resolve, reject) => {
    const python = execFile(PYTHON, [CLIENT], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(JSON.parse(stdout));
    });
    python.stdin?.end(JSON.stringify(request));
  });
}
