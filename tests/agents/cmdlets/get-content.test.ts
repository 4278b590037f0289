/** https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-content?view=powershell-5.1 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const files = { "Folder/a.txt": "one\r\ntwo\n", "utf8.txt": "é", "marked.txt": "\uFEFFé" };

test("gives one line at a time, with its number and the place that it came from", async () => {
  const script = `Get-Content -LiteralPath 'C:\\Folder\\a.txt' |
    ForEach-Object { "$_ $($_.ReadCount) $($_.PSPath) $($_.PSParentPath) $($_.PSChildName)" }`;
  const place = "Microsoft.PowerShell.Core\\FileSystem::C:\\Folder";
  expect(await text(script, { files })).toBe(
    `one 1 ${place}\\a.txt ${place} a.txt\ntwo 2 ${place}\\a.txt ${place} a.txt`,
  );
});

test("gives the whole file as one text with -Raw", async () => {
  expect(await text("(Get-Content -LiteralPath 'C:\\Folder\\a.txt' -Raw).Length", { files })).toBe("9");
});

test.each([
  ["the machine's code page without -Encoding", "C:\\utf8.txt", "", "Ã©"],
  ["UTF-8 with -Encoding UTF8", "C:\\utf8.txt", "-Encoding UTF8", "é"],
  ["what the byte order mark says", "C:\\marked.txt", "", "é"],
])("reads %s", async (_, path, parameters, expected) => {
  expect(await text(`Get-Content -LiteralPath '${path}' -Raw ${parameters}`, { files })).toBe(expected);
});

test.each([
  ["a file that is not there", "C:\\none.txt", "PathNotFound"],
  ["a folder", "C:\\Folder", "GetContentReaderUnauthorizedAccessError"],
])("refuses %s, and goes on", async (_, path, id) => {
  const { stdout, stderr } = await run(
    `Get-Content -LiteralPath '${path}'; $Error[0].FullyQualifiedErrorId`,
    {
      files,
    },
  );
  expect(stdout).toBe(`${id},Microsoft.PowerShell.Commands.GetContentCommand`);
  expect(stderr).toContain(path);
});
