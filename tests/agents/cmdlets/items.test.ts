/**
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/new-item?view=powershell-5.1
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.management/remove-item?view=powershell-5.1
 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const files = { "Folder/a.txt": "x" };

test("New-Item creates a folder with those above it", async () => {
  const script = `$item = New-Item -Path 'C:\\x\\y' -ItemType Directory
    $item.GetType().FullName; $item.FullName; Test-Path -LiteralPath 'C:\\x\\y' -PathType Container`;
  expect(await text(script)).toBe("System.IO.DirectoryInfo\nC:\\x\\y\nTrue");
});

test("New-Item refuses a folder that is there, but gives it with -Force and leaves it alone", async () => {
  const { stdout } = await run(
    `New-Item -Path 'C:\\folder' -ItemType Directory; $Error[0].FullyQualifiedErrorId; $Error[0].CategoryInfo.Category
    (New-Item -Path 'C:\\folder' -ItemType Directory -Force).FullName; Test-Path -LiteralPath 'C:\\Folder\\a.txt'`,
    { files },
  );
  expect(stdout.split("\n")).toEqual([
    "DirectoryExist,Microsoft.PowerShell.Commands.NewItemCommand",
    "ResourceExists",
    "C:\\Folder",
    "True",
  ]);
});

test("Remove-Item deletes a file, whatever the case of its name, and an empty folder", async () => {
  const script = `Remove-Item -LiteralPath 'C:\\FOLDER\\A.TXT'; Test-Path -LiteralPath 'C:\\Folder\\a.txt'
    Remove-Item -LiteralPath 'C:\\Folder'; Test-Path -LiteralPath 'C:\\Folder'`;
  expect(await text(script, { files })).toBe("False\nFalse");
});

test.each([
  ["what is not there", "C:\\None", "PathNotFound"],
  [
    "a folder with something in it, since nobody can confirm it",
    "C:\\Folder",
    "System.Management.Automation.Host.HostException",
  ],
])("Remove-Item refuses %s", async (_, path, id) => {
  const script = `$ErrorActionPreference = 'Stop'
    try { Remove-Item -LiteralPath '${path}' -Force } catch { $_.FullyQualifiedErrorId }
    Test-Path -LiteralPath 'C:\\Folder\\a.txt'`;
  expect(await text(script, { files })).toBe(`${id},Microsoft.PowerShell.Commands.RemoveItemCommand\nTrue`);
});
