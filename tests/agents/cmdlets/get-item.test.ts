/** https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-item?view=powershell-5.1 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const files = { "Images/A.vhdx": "1234", "Images/.hidden": "" };

test("gives a file or a folder itself, with Windows' path and the simulation's time and length", async () => {
  const call = (operation: string, { path }: Record<string, unknown>) => ({
    result:
      operation === "file.describe" && String(path).endsWith("A.vhdx")
        ? { created: "2024-02-03T04:05:06.0070000Z", bytes: 2 ** 40 }
        : null,
  });
  const script = `$file = Get-Item -LiteralPath 'c:\\images\\a.vhdx'
    $file.FullName; $file.Length; $file.CreationTimeUtc.ToString('o')
    $folder = Get-Item -LiteralPath 'C:\\Images'
    $folder.GetType().FullName; [string]$folder.Attributes; $folder.CreationTimeUtc.Kind`;
  expect((await text(script, { files, call })).split("\n")).toEqual([
    "C:\\Images\\A.vhdx",
    String(2 ** 40),
    "2024-02-03T04:05:06.0070000Z",
    "System.IO.DirectoryInfo",
    "Directory",
    "Utc",
  ]);
});

test.each([
  ["what is not there", "C:\\Images\\b.vhdx", "PathNotFound"],
  ["what is hidden", "C:\\Images\\.hidden", "ItemNotFound"],
])("says that it does not find %s, and goes on", async (_, path, id) => {
  const { stdout } = await run(`Get-Item -LiteralPath '${path}'; $Error[0].FullyQualifiedErrorId`, { files });
  expect(stdout).toBe(`${id},Microsoft.PowerShell.Commands.GetItemCommand`);
});

test("gives what is hidden with -Force", async () => {
  expect(await text("(Get-Item -LiteralPath 'C:\\Images\\.hidden' -Force).Name", { files })).toBe(".hidden");
});
