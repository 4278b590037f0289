import { expect, test } from "vitest";
import { slotsOf, withFocused } from "./virtual-rows";

const row = (index: number) => ({ index, start: index * 36, end: index * 36 + 36 });

test("space stands in the place of every row that is not rendered", () => {
  expect(slotsOf([row(5), row(6), row(90)], 100 * 36)).toEqual([
    { kind: "gap", key: "before-5", height: 5 * 36 },
    { kind: "row", index: 5 },
    { kind: "row", index: 6 },
    { kind: "gap", key: "before-90", height: 83 * 36 },
    { kind: "row", index: 90 },
    { kind: "gap", key: "after", height: 9 * 36 },
  ]);
});

test("there is no space where every row is rendered, and nothing but space where none is", () => {
  expect(slotsOf([row(0), row(1)], 72)).toEqual([
    { kind: "row", index: 0 },
    { kind: "row", index: 1 },
  ]);
  expect(slotsOf([], 72)).toEqual([{ kind: "gap", key: "after", height: 72 }]);
  expect(slotsOf([], 0)).toEqual([]);
});

test("the row that has the focus is rendered in its place, once", () => {
  expect(withFocused([10, 11, 12], 3)).toEqual([3, 10, 11, 12]);
  expect(withFocused([10, 11, 12], 99)).toEqual([10, 11, 12, 99]);
  expect(withFocused([10, 11, 12], 11)).toEqual([10, 11, 12]);
  expect(withFocused([10, 11, 12], -1)).toEqual([10, 11, 12]);
});
