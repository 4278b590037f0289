import { expect, test } from "vitest";
import { ResultWatch } from "./result-watch";

const event = '{"nonce":"n1","seq":1,"stream":"verbose","text":"é \\"result\\""}\n';
const failure =
  '{"nonce":"n1","seq":2,"result":{"ok":false,"exit_code":1,"error":{"code":"vm_not_found"}}}\n';

function watch(text: string, size: number, withhold = false) {
  let passed = "";
  const told: string[] = [];
  const watching = new ResultWatch("n1", (chunk) => (passed += Buffer.from(chunk).toString("utf8")), {
    withhold: (line) => withhold && line === failure,
    onResult: () => told.push("result"),
    onEnd: () => told.push(`end after ${passed.length}`),
  });
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; at += size) watching.write(bytes.subarray(at, at + size));
  watching.end();
  return { passed, result: watching.result, told };
}

test.each([1, 9, 10_000])("passes everything on and keeps the result, in pieces of %i", (size) => {
  const text = `${event}${failure}rest`;
  expect(watch(text, size)).toEqual({
    passed: text,
    result: { exitCode: 1, errorCode: "vm_not_found" },
    told: ["result"],
  });
});

test("withholds what it is told to, and no other line", () => {
  expect(watch(`${event}${failure}rest`, 9, true).passed).toBe(`${event}rest`);
});

test.each([
  [
    "of a success",
    '{"nonce":"n1","result":{"ok":true,"exit_code":0,"error":null}}\n',
    { exitCode: 0, errorCode: null },
  ],
  ["of another nonce", '{"nonce":"n2","x":"n1","result":{"ok":true,"exit_code":0,"error":null}}\n', null],
  ["that is no JSON", '{"nonce":"n1","result":\n', null],
])("a result %s", (_, line, expected) => {
  expect(watch(line, 100).result).toEqual(expected);
});

test.each([1, 9, 10_000])("tells the end of a call before the line is passed on, in pieces of %i", (size) => {
  const end = '{"nonce":"n1","ended":{"working_set_bytes":1}}\n';
  const foreign = '{"nonce":"n2","x":"n1","ended":{}}\n';
  const before = `${foreign}${failure}`;
  expect(watch(`${before}${end}`, size)).toMatchObject({
    passed: `${before}${end}`,
    told: ["result", `end after ${before.length}`],
  });
});
