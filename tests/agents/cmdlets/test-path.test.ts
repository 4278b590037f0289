/** https://learn.microsoft.com/powershell/module/microsoft.powershell.management/test-path?view=powershell-5.1 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const files = { "Folder/a.txt": "", "Folder/[x].txt": "" };

test.each([
  ["C:\\Folder", "Any", true],
  ["C:\\Folder", "Container", true],
  ["C:\\Folder", "Leaf", false],
  ["C:\\Folder\\a.txt", "Any", true],
  ["C:\\Folder\\a.txt", "Container", false],
  ["C:\\Folder\\a.txt", "Leaf", true],
  ["c:/folder/A.TXT", "Leaf", true],
  ["C:\\Folder\\..\\Folder\\a.txt", "Leaf", true],
  ["C:\\Folder\\[x].txt", "Leaf", true],
  ["C:\\Folder\\*.txt", "Leaf", false],
  ["C:\\None", "Any", false],
  ["Q:\\Folder", "Any", false],
])("%s as %s: %s", async (path, type, expected) => {
  const result = await text(`Test-Path -LiteralPath '${path}' -PathType ${type}`, { files });
  expect(result).toBe(expected ? "True" : "False");
});

test("does not leave the drive", async () => {
  const { stdout, stderr } = await run("Test-Path -LiteralPath 'C:\\..\\..\\etc'");
  expect(stdout).toBe("");
  expect(stderr).toContain("outside the base");
});

test("asks the simulator for the share of another computer, whose refusal is an error", async () => {
  const asked: unknown[] = [];
  const call = (operation: string, args: Record<string, unknown>) => {
    asked.push([operation, args]);
    if (args.path === "\\\\files\\open") return { result: true };
    return {
      error: {
        id: "Refused",
        category: "PermissionDenied" as const,
        message: "Access is denied",
        target: null,
      },
    };
  };
  expect(await text("Test-Path -LiteralPath '\\\\files\\open'", { call })).toBe("True");
  const { stdout } = await run(
    "try { Test-Path -LiteralPath '\\\\files\\shut' -ErrorAction Stop } catch { $_.Exception.Message }",
    { call },
  );
  expect(stdout).toBe("Access is denied");
  expect(asked).toEqual([
    ["share.exists", { path: "\\\\files\\open" }],
    ["share.exists", { path: "\\\\files\\shut" }],
  ]);
});
