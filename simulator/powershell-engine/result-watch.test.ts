import { expect, test } from "vitest";
import { ResultWatch } from "./result-watch";

const event = '{"nonce":"n1","seq":1,"stream":"verbose","text":"é \\"result\\""}\n';
const failure = '{"nonce":"n1","seq":2,"result":{"ok":false,"error":{"code":"vm_not_found"}}}\n';

function watch(text: string, size: number, withhold = false) {
  let passed = "";
  const watching = new ResultWatch(
    "n1",
    (chunk) => (passed += Buffer.from(chunk).toString("utf8")),
    withhold,
  );
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; at += size) watching.write(bytes.subarray(at, at + size));
  watching.end();
  return { passed, result: watching.result };
}

test.each([1, 9, 10_000])("passes everything on and keeps the result, in pieces of %i", (size) => {
  const text = `${event}${failure}rest`;
  expect(watch(text, size)).toEqual({ passed: text, result: { errorCode: "vm_not_found" } });
});

test("withholds the result line alone", () => {
  expect(watch(`${event}${failure}rest`, 9, true).passed).toBe(`${event}rest`);
});

test.each([
  ["of a success", '{"nonce":"n1","result":{"ok":true,"error":null}}\n', { errorCode: null }],
  ["of another nonce", '{"nonce":"n2","x":"n1","result":{"ok":true,"error":null}}\n', null],
  ["that is no JSON", '{"nonce":"n1","result":\n', null],
])("a result %s", (_, line, expected) => {
  expect(watch(line, 100).result).toEqual(expected);
});
