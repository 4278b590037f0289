import { expect, test } from "vitest";
import type { Engine, ProcessStart } from "../engine";
import { WindowsCommands } from "./windows-commands";

const powershellStarts: ProcessStart[] = [];
const powershell: Engine = {
  async run(_host, start) {
    powershellStarts.push(start);
    return 42;
  },
};

async function run(command: string, args: string[] = [], skipCmdShell = false) {
  let stdout = "";
  let stderr = "";
  const exitCode = await new WindowsCommands(powershell).run(
    "hv02",
    { command, arguments: args, skipCmdShell, workingDirectory: null, environment: {} },
    {
      stdin: (async function* () {})(),
      stdout: (chunk) => {
        stdout += Buffer.from(chunk).toString();
      },
      stderr: (chunk) => {
        stderr += Buffer.from(chunk).toString();
      },
      signal: new AbortController().signal,
    },
  );
  return { exitCode, stdout, stderr };
}

test.each([
  ["hostname", [], { exitCode: 0, stdout: "HV02\r\n" }],
  ["C:\\Windows\\System32\\HOSTNAME.EXE", [], { exitCode: 0, stdout: "HV02\r\n" }],
  ["whoami", [], { exitCode: 0, stdout: "hv02\\aetherv\r\n" }],
  ["ver", [], { exitCode: 0, stdout: "\r\nMicrosoft Windows [Version 10.0.20348.2700]\r\n" }],
  ["echo", ["a  b", '"c"'], { exitCode: 0, stdout: 'a  b "c"\r\n' }],
  ["cmd", ["/c", "exit", "5"], { exitCode: 5, stdout: "" }],
  ["cmd.exe /c exit /b 6", [], { exitCode: 6, stdout: "" }],
  ["exit 7", [], { exitCode: 7, stdout: "" }],
  ["for /L %i in (3,-1,1) do @echo n%i", [], { exitCode: 0, stdout: "n3\r\nn2\r\nn1\r\n" }],
])("%s %j", async (command, args, expected) => {
  expect(await run(command, args)).toMatchObject({ ...expected, stderr: "" });
});

test("ipconfig names the host", async () => {
  expect((await run("ipconfig", ["/all"])).stdout).toContain("Host Name . . . . . . . . . . . . : HV02");
});

test("an unknown command through cmd is told on stderr", async () => {
  expect(await run("frobnicate", ["/x"])).toEqual({
    exitCode: 1,
    stdout: "",
    stderr:
      "'frobnicate' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
  });
});

test.each(["frobnicate", "echo"])("%s started directly is not found", async (command) => {
  await expect(run(command, [], true)).rejects.toMatchObject({ name: "ProcessStartError", code: 2147942402 });
});

test.each([
  ["powershell.exe", ["-EncodedCommand", "AAA="], true],
  ['"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"', ["-EncodedCommand", "AAA="], true],
  ["powershell -EncodedCommand AAA=", [], false],
  ["PowerShell", ["-EncodedCommand", "AAA="], false],
])("%s reaches the engine", async (command, args, skipCmdShell) => {
  powershellStarts.length = 0;
  expect((await run(command, args, skipCmdShell)).exitCode).toBe(42);
  expect(powershellStarts).toMatchObject([
    { command: "powershell.exe", arguments: ["-EncodedCommand", "AAA="] },
  ]);
});
