/** https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertfrom-json?view=powershell-5.1 */
import { expect, test } from "vitest";
import { createScriptRunner } from "../support/script-runner";

const { text } = createScriptRunner();

const parsed = (json: string, expression: string) =>
  text(`$value = ConvertFrom-Json -InputObject '${json.replaceAll("'", "''")}'; ${expression}`);

test("gives a custom object with a property for each field, in their order", async () => {
  const expression =
    "$value.GetType().FullName; ($value.PSObject.Properties | ForEach-Object { $_.Name }) -join ','";
  expect(await parsed('{"b":1,"a":{"c":null}}', expression)).toBe(
    "System.Management.Automation.PSCustomObject\nb,a",
  );
});

test.each([
  ["1", "Int32"],
  ["2147483648", "Int64"],
  ["9223372036854775808", "Decimal"],
  ["1.5", "Decimal"],
  ["1e2", "Double"],
  ["true", "Boolean"],
  ['"text"', "String"],
  ['"2026-01-02T03:04:05Z"', "String"],
  ['"\\/Date(86400000)\\/"', "DateTime"],
])("reads %s as the JavaScriptSerializer does, that is as %s", async (json, type) => {
  expect(await parsed(`{"a":${json}}`, "$value.a.GetType().Name")).toBe(type);
});

test("does not enumerate a list", async () => {
  const script = "(ConvertFrom-Json -InputObject '[1,2,3]' | ForEach-Object { $_.GetType().Name }) -join ','";
  expect(await text(script)).toBe("Object[]");
});

test("takes the lines of one text by the pipeline", async () => {
  expect(await text(`('{"a":', '1}' | ConvertFrom-Json).a`)).toBe("1");
});

test("gives nothing for an empty text", async () => {
  expect(await text("$null -eq (ConvertFrom-Json -InputObject '')")).toBe("True");
});

test("takes the last of two keys that are the same", async () => {
  expect(await parsed('{"a":1,"a":2}', "$value.a")).toBe("2");
});

test.each([
  ["keys that differ in case alone", '{"a":1,"A":2}', "DuplicateKeysInJsonString"],
  ["what is no JSON", '{"a":', "System.ArgumentException"],
  ["comments", "{} // x", "System.ArgumentException"],
])("refuses %s", async (_, json, id) => {
  const script = `try { ConvertFrom-Json -InputObject '${json}' } catch { $_.FullyQualifiedErrorId }`;
  expect(await text(script)).toBe(`${id},Microsoft.PowerShell.Commands.ConvertFromJsonCommand`);
});

test("does not take null", async () => {
  const script = "try { ConvertFrom-Json -InputObject $null } catch { $_.FullyQualifiedErrorId }";
  expect(await text(script)).toBe(
    "ParameterArgumentValidationErrorNullNotAllowed,Microsoft.PowerShell.Commands.ConvertFromJsonCommand",
  );
});
