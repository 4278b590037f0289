import { afterAll, beforeAll, expect, test } from "vitest";
import { WindowsCommands } from "@/simulator/commands/windows-commands";
import type { Engine } from "@/simulator/engine";
import { startTestHost, type TestHost } from "@/simulator/winrm/testing/test-host";
import { type AnsibleTarget, runRaw } from "@/tests/support/ansible";

/**
 * Stands in for powershell.exe, in which Ansible runs whatever it runs: prints its encoded command, and ends with
 * the code of the `exit` in it.
 */
const printsItsCommand: Engine = {
  async run(_host, start, io) {
    const encoded = start.arguments[start.arguments.indexOf("-EncodedCommand") + 1] ?? "";
    const script = Buffer.from(encoded, "base64").toString("utf16le");
    io.stdout(Buffer.from(`>${script}<`));
    return Number(/exit (\d+)/.exec(script)?.[1] ?? 0);
  },
};

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost(new WindowsCommands(printsItsCommand));
});
afterAll(() => host?.close());

const raw = (command: string, target: Partial<AnsibleTarget>) => {
  const { credentials, caFile, endpoint } = host;
  return runRaw(
    { address: endpoint.address, transport: "basic", ...credentials, caFile, ...target },
    command,
  );
};

test.each<[string, () => Partial<AnsibleTarget>]>([
  ["Basic over TLS", () => ({ transport: "basic" })],
  ["NTLM over TLS", () => ({ transport: "ntlm" })],
  ["NTLM over HTTP, sealed", () => ({ transport: "ntlm", address: host.endpoint.httpAddress })],
])("raw by %s", async (_what, target) => {
  const { exitCode, output } = await raw("Write-Host 'straße'", target());
  expect(output).toContain("simulated | CHANGED | rc=0 |");
  expect(output).toContain(">Write-Host 'straße'<");
  expect(exitCode).toBe(0);
  expect(host.endpoint.wireRecord()).toMatchObject({ open_shells: 0, running_processes: 0 });
});

test("a command that fails has its exit code", async () => {
  const { exitCode, output } = await raw("exit 7", { transport: "ntlm" });
  expect([exitCode, output]).toEqual([2, expect.stringMatching(/simulated \| FAILED! => .*"rc": 7,/)]);
});

test("a wrong password makes the host unreachable, in words", async () => {
  const { exitCode, output } = await raw("exit 0", { transport: "ntlm", password: "wrong" });
  expect([exitCode, output]).toEqual([4, expect.stringContaining("credentials were rejected by the server")]);
});
