/**
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/join-path?view=powershell-5.1
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/split-path?view=powershell-5.1
 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

test.each([
  ["C:\\path", "childpath", "C:\\path\\childpath"],
  ["C:\\", "a", "C:\\a"],
  ["C:\\a\\", "\\b", "C:\\a\\b"],
  ["C:/a", "b/c", "C:\\a\\b\\c"],
  ["a", "b", "a\\b"],
  ["\\\\server\\share", "a", "\\\\server\\share\\a"],
  ["C:\\a", "", "C:\\a\\"],
])("Join-Path %s %j: %s", async (path, child, expected) => {
  expect(await text(`Join-Path -Path '${path}' -ChildPath '${child}'`)).toBe(expected);
});

test("Join-Path wants a drive that is there", async () => {
  const { stdout } = await run("Join-Path -Path 'Q:\\a' -ChildPath 'b'; $Error[0].FullyQualifiedErrorId");
  expect(stdout).toBe("DriveNotFound,Microsoft.PowerShell.Commands.JoinPathCommand");
});

test.each([
  ["C:\\a\\b.txt", "C:\\a"],
  ["C:\\a\\b\\", "C:\\a"],
  ["C:/a/b", "C:\\a"],
  ["C:\\a", "C:\\"],
  ["C:\\", ""],
  ["a", ""],
])("Split-Path -Parent %s: %j", async (path, expected) => {
  expect(await text(`Split-Path -Path '${path}' -Parent`)).toBe(expected);
});
