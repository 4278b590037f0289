import { expect, test } from "vitest";
import type { CallAnswer } from "@/simulator/powershell-engine/process";
import { createScriptRunner } from "../support/script-runner";

const { text } = createScriptRunner();

/** What the script gave as arguments of Invoke-StandIn. */
async function given(expression: string): Promise<unknown> {
  let seen: unknown;
  const call = (_: string, args: Record<string, unknown>): CallAnswer => {
    seen = args.value;
    return { result: null };
  };
  await text(`Invoke-StandIn -Operation 'x' -Arguments @{ value = ${expression} }`, { call });
  return seen;
}

test.each([
  ["$null", null],
  ["'é'", "é"],
  ["$true", true],
  ["[switch]$true", true],
  ["9007199254740991", 9_007_199_254_740_991],
  ["[uint16]3", 3],
  ["1.5", 1.5],
  ["[guid]'AAAAAAAA-0000-0000-0000-000000000001'", "aaaaaaaa-0000-0000-0000-000000000001"],
  ["[System.DayOfWeek]::Friday", "Friday"],
  ["@(1, @('a'))", [1, ["a"]]],
  ["@()", []],
  ["[pscustomobject]@{ a = [ordered]@{ b = 1 } }", { a: { b: 1 } }],
  ["([psobject]('a', 'b'))", ["a", "b"]],
])("hands %s to the simulator", async (expression, expected) => {
  expect(await given(expression)).toEqual(expected);
});

/** What the script gets for a result. */
const received = (result: unknown, expression: string) =>
  text(`$result = Invoke-StandIn -Operation 'x'; ${expression}`, { call: () => ({ result }) });

test.each([
  [1, "Int32"],
  [2 ** 31, "Int64"],
  [1.5, "Double"],
  ["text", "String"],
  [false, "Boolean"],
  [{ a: 1 }, "PSCustomObject"],
  [["one"], "Object[]"],
  [[], "Object[]"],
])("gives %j as %s", async (result, type) => {
  expect(await received({ value: result }, "$result.value.GetType().Name")).toBe(type);
});

test("gives null as null, and keeps what is in an object", async () => {
  expect(await received(null, "$null -eq $result")).toBe("True");
  expect(await received({ a: [{ b: null }] }, "$result.a[0].PSObject.Properties['b'].Value -eq $null")).toBe(
    "True",
  );
});

test("makes an error record of an error", async () => {
  const error = { id: "InvalidParameter", category: "ResourceExists", message: "Taken.", target: "web01" };
  const script = `try { Invoke-StandIn -Operation 'x' } catch {
      $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; $_.Exception.Message; $_.TargetObject }`;
  expect((await text(script, { call: () => ({ error }) })).split("\n")).toEqual([
    "InvalidParameter,AetherV.PowerShellEngine.Cmdlets.InvokeStandInCommand",
    "ResourceExists",
    "Taken.",
    "web01",
  ]);
});
