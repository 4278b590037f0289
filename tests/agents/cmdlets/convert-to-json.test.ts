/** https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json?view=powershell-5.1 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { run, text } = createScriptRunner();

const json = (value: string, parameters = "") =>
  text(`ConvertTo-Json -InputObject (${value}) -Compress ${parameters}`);

test.each([
  ["the page's example", `@{ Account = 'User01' }`, '{"Account":"User01"}'],
  ["members in their order", "[ordered]@{ b = 1; a = 2 }", '{"b":1,"a":2}'],
  ["custom objects", "[pscustomobject]@{ b = 1; a = $null }", '{"b":1,"a":null}'],
  ["numbers", "@(1, 2.5, -3, 9223372036854775807, 1.10d)", "[1,2.5,-3,9223372036854775807,1.10]"],
  ["truth", "@($true, $false)", "[true,false]"],
  ["an enumeration as its number", "[System.DayOfWeek]::Friday", "5"],
  [
    "a date as the JavaScriptSerializer does",
    "[datetime]::new(1970, 1, 2, 0, 0, 0, [System.DateTimeKind]::Utc)",
    '"\\/Date(86400000)\\/"',
  ],
  ["a GUID as text", "[guid]::Empty", '"00000000-0000-0000-0000-000000000000"'],
  ["empty lists and objects", "@{ a = @(), @{} }", '{"a":[[],{}]}'],
])("writes %s", async (_, value, expected) => {
  expect(await json(value)).toBe(expected);
});

test("escapes what could end a script or an attribute in a page, and leaves other characters as they are", async () => {
  const value = `"'<a href=\`"x\\y\`">' & \`t\`r\`n é €"`;
  expect(await json(value)).toBe('"\\u0027\\u003ca href=\\"x\\\\y\\"\\u003e\\u0027 \\u0026 \\t\\r\\n é €"');
});

test("goes two levels deep unless told otherwise; what is deeper becomes text", async () => {
  const nested = "@{ a = @{ b = @{ c = @{ d = 1 } } } }";
  expect(await json(nested)).toBe('{"a":{"b":{"c":"System.Collections.Hashtable"}}}');
  expect(await json(nested, "-Depth 3")).toBe('{"a":{"b":{"c":{"d":1}}}}');
  expect(await json("@{ a = @{ b = @{ c = [pscustomobject]@{ d = 1 } } } }")).toBe(
    '{"a":{"b":{"c":"@{d=1}"}}}',
  );
});

test("gives nothing for null", async () => {
  expect(await text("ConvertTo-Json -InputObject $null -Compress")).toBe("");
});

test("makes one list of what comes by the pipeline", async () => {
  expect(await text("1, 'a' | ConvertTo-Json -Compress")).toBe('[1,"a"]');
  expect(await text("1 | ConvertTo-Json -Compress")).toBe("1");
});

test("writes an object around a list that PowerShell has wrapped, until the type's members are removed", async () => {
  const script = "$list = [psobject](1, 2); ConvertTo-Json -InputObject @{ a = $list } -Compress";
  expect(await text(script)).toBe('{"a":{"value":[1,2],"Count":2}}');
  expect(await text(`Remove-TypeData -TypeName 'System.Array'; ${script}`)).toBe('{"a":[1,2]}');
});

test("writes an object around text that was read from a file", async () => {
  const script = "ConvertTo-Json -InputObject @(Get-Content -LiteralPath C:\\a.txt -Raw) -Compress";
  const written = JSON.parse(await text(script, { files: { "a.txt": "x" } }));
  expect(written).toMatchObject([{ value: "x", PSPath: "Microsoft.PowerShell.Core\\FileSystem::C:\\a.txt" }]);
});

test("refuses keys that are no text", async () => {
  const { stdout } = await run(
    "try { ConvertTo-Json -InputObject @{ 1 = 2 } -Compress } catch { $_.FullyQualifiedErrorId }",
  );
  expect(stdout).toBe("NonStringKeyInDictionary,Microsoft.PowerShell.Commands.ConvertToJsonCommand");
});
