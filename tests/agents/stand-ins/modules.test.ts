import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { standInRunner } from "./stand-in-runner";

const MODULES = fileURLToPath(new URL("../../../simulator/powershell-engine/modules", import.meta.url));
const NAMES = ["CimCmdlets", "FailoverClusters", "Hyper-V"];
const hosts = standInRunner();

test("every function takes declared parameters only, and names the page that it follows", async () => {
  const script = NAMES.map(
    (name) => `
    foreach ($command in (Get-Command -Module ${name})) {
      $rest = @($command.Parameters.Values | Where-Object -FilterScript {
          $_.Attributes | Where-Object -FilterScript {
            $_ -is [System.Management.Automation.ParameterAttribute] -and $_.ValueFromRemainingArguments } })
      "${name} $($command.Name) $($command.CmdletBinding) $($rest.Count)"
    }`,
  );
  const imports = NAMES.map((name) => `Import-Module -Name ${name}`).join("\n");
  const commands = (await hosts.lines(`${imports}\n${script.join("\n")}`)).map((line) => line.split(" "));
  expect(commands.length).toBeGreaterThan(40);
  for (const [module = "", command = "", isAdvanced, rest] of commands) {
    expect([command, isAdvanced, rest]).toEqual([command, "True", "0"]);
    const page = `https://learn.microsoft.com/powershell/module/${module.toLowerCase()}/${command.toLowerCase()}\n`;
    expect(sources(module)).toContain(page);
  }
});

test("a command is found by its name alone and by its module's", async () => {
  expect(
    await hosts.lines(
      "(Hyper-V\\Get-VM -Name dc01).Name; (CimCmdlets\\Get-CimInstance Win32_ComputerSystem).Name",
    ),
  ).toEqual(["dc01", "HV01"]);
});

function sources(module: string): string {
  const files = readdirSync(join(MODULES, module)).filter((name) => name.endsWith(".ps1"));
  return files.map((name) => readFileSync(join(MODULES, module, name), "utf8")).join("\n");
}
