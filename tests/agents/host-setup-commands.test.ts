import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHECK_CAUSES } from "@/lib/domain/host-check";
import { remedyFor } from "@/lib/host-check/remedies";
import { createScriptRunner } from "./support/script-runner";

const PAGE = readFileSync(new URL("../../docs/host-setup.md", import.meta.url), "utf8");
const runner = createScriptRunner();

/** The blocks of the page that are for Windows PowerShell. */
const blocks = [...PAGE.matchAll(/^```powershell\n(.*?)^```/gms)].map(([, text = ""]) => text);

/** What the test of a connection hands out, for an account and a host of awkward names. */
const commands = CHECK_CAUSES.flatMap(
  (cause) => remedyFor(cause, { name: "hv-01.corp", port: "5999", account: "CORP\\o'hara $x" }).commands,
);

/** The messages of PowerShell's own parser for each text. */
async function mistakesIn(texts: readonly string[]): Promise<string[]> {
  const encoded = texts.map((text) => `'${Buffer.from(text, "utf8").toString("base64")}'`).join(", ");
  const found = await runner.text(`
    foreach ($encoded in @(${encoded})) {
      $text = [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($encoded))
      $errors = $null
      $null = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
      foreach ($mistake in $errors) { "$($mistake.Message) in: $text" }
    }
    'read'`);
  return found.split("\n").slice(0, -1);
}

test("finds what PowerShell cannot read", async () => {
  expect(await mistakesIn(["Get-VM", "Get-VM -Name 'x"])).toHaveLength(1);
});

test("every block of docs/host-setup.md is PowerShell", async () => {
  expect(blocks.length).toBeGreaterThan(20);
  expect(await mistakesIn(blocks)).toEqual([]);
});

test("every command that the test of a connection hands out is PowerShell", async () => {
  expect(commands.length).toBeGreaterThan(20);
  expect(await mistakesIn(commands)).toEqual([]);
});
