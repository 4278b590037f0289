/** https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-service?view=powershell-5.1 */
import { expect, test } from "vitest";
import type { CallAnswer } from "@/simulator/powershell-engine/process";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const call = (operation: string, args: Record<string, unknown>): CallAnswer => ({
  result:
    operation === "service.get" && args.name === "ClusSvc" ? { Name: "ClusSvc", Status: "Running" } : null,
});

test("gives a service with its status", async () => {
  const script =
    "$service = Get-Service -Name 'ClusSvc'; $service.Name; $service.Status; $service.PSObject.TypeNames[0]";
  expect(await text(script, { call })).toBe("ClusSvc\nRunning\nSystem.ServiceProcess.ServiceController");
});

test("says that there is none, unless that is to be ignored", async () => {
  const { stdout } = await run("Get-Service -Name 'None'; $Error[0].FullyQualifiedErrorId", { call });
  expect(stdout).toBe("NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand");
  expect(await text("$null -eq (Get-Service -Name 'None' -ErrorAction Ignore)", { call })).toBe("True");
});
