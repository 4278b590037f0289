import { expect, it } from "vitest";
import { startOf } from "./start-of";

it.each([
  ["short", 10, 2, "short"],
  ["0123456789ab", 10, 2, "0123456789"],
  ["012345678😀", 10, 2, "012345678"],
  ["a\nb\nc", 10, 2, "a\nb"],
  ["a\nb", 10, 2, "a\nb"],
  ["\n\n\n", 10, 2, "\n"],
  ["", 10, 2, ""],
])("of %j, %d characters and %d lines: %j", (text, characters, lines, start) => {
  expect(startOf(text, { characters, lines })).toBe(start);
});
