/**
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/start-sleep?view=powershell-5.1
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/remove-typedata?view=powershell-5.1
 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

test("Start-Sleep waits at least the time that it is given", async () => {
  const script = `$watch = [System.Diagnostics.Stopwatch]::StartNew(); Start-Sleep -Milliseconds 30
    $watch.Elapsed.TotalMilliseconds -ge 29`;
  expect(await text(script)).toBe("True");
});

test("Remove-TypeData takes a type's members away for the session, not for the next one", async () => {
  const count = "([psobject](1, 2)).PSObject.Properties['Count'].MemberType";
  expect(await text(count)).toBe("AliasProperty");
  expect(await text(`Remove-TypeData -TypeName 'System.Array'; ${count}`)).toBe("Property");
  expect(await text(count)).toBe("AliasProperty");
});

test("Remove-TypeData refuses a type that has none", async () => {
  const { stdout } = await run("Remove-TypeData -TypeName 'No.Such'; $Error[0].FullyQualifiedErrorId");
  expect(stdout).toBe("TypesDynamicRemoveException,Microsoft.PowerShell.Commands.RemoveTypeDataCommand");
});
