import { expect, it } from "vitest";
import { between, countSelected, marked, pressed } from "./row-selection";

const ORDER = ["a", "b", "c", "d", "e"];
const after = (selected: string[], key: string, from: string | null = null) =>
  [...pressed(new Set(selected), ORDER, key, from)].sort();

it("turns one row around", () => {
  expect(after([], "b")).toEqual(["b"]);
  expect(after(["a", "b"], "b")).toEqual(["a"]);
});

it("makes a range, upwards too, what the pressed one becomes", () => {
  expect(after(["b"], "d", "b")).toEqual(["b", "c", "d"]);
  expect(after(["d"], "b", "d")).toEqual(["b", "c", "d"]);
  expect(after(["a", "b", "c", "d"], "c", "a")).toEqual(["d"]);
});

it("knows no range from a row that is not there any more", () => {
  expect(after(["b"], "d", "gone")).toEqual(["b", "d"]);
  expect(between(ORDER, "a", "gone")).toEqual(["gone"]);
});

it("leaves what is not in the table as it is", () => {
  expect([...marked(new Set(["elsewhere"]), ORDER, true)]).toHaveLength(6);
  expect([...marked(new Set(["elsewhere", "a"]), ORDER, false)]).toEqual(["elsewhere"]);
  expect(countSelected(new Set(["elsewhere", "a", "b"]), ORDER)).toBe(2);
});
