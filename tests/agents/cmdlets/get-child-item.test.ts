/** https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-childitem?view=powershell-5.1 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const files = { "Images/b.vhdx": "", "Images/A.vhdx": "1234", "Images/Old/c.vhdx": "", "Images/.hidden": "" };

const names = (parameters: string) =>
  text(`(Get-ChildItem -LiteralPath 'C:\\Images' ${parameters} | ForEach-Object { $_.Name }) -join ','`, {
    files,
  });

test.each([
  ["", "Old,A.vhdx,b.vhdx"],
  ["-File", "A.vhdx,b.vhdx"],
  ["-Directory", "Old"],
  ["-Force", "Old,.hidden,A.vhdx,b.vhdx"],
])("gives with %j: %s", async (parameters, expected) => {
  expect(await names(parameters)).toBe(expected);
});

test("gives .NET's objects, whose paths are those of Windows", async () => {
  const script = `$file = Get-ChildItem -LiteralPath 'c:\\images\\a.vhdx'
    $file.GetType().FullName; $file.BaseName; $file.Extension; $file.Length; $file.FullName; $file.PSPath`;
  expect((await text(script, { files })).split("\n")).toEqual([
    "System.IO.FileInfo",
    "A",
    ".vhdx",
    "4",
    "C:\\Images\\A.vhdx",
    "Microsoft.PowerShell.Core\\FileSystem::C:\\Images\\A.vhdx",
  ]);
});

test("says that a folder is not there, and goes on", async () => {
  const script = "Get-ChildItem -LiteralPath 'C:\\None'; $Error[0].FullyQualifiedErrorId";
  const { stdout } = await run(script, { files });
  expect(stdout).toBe("PathNotFound,Microsoft.PowerShell.Commands.GetChildItemCommand");
});
