import { expect, test } from "vitest";
import { orderBy } from "./order-by";

const rows = [
  { name: "a", value: null, text: "vm10" },
  { name: "b", value: 9, text: "vm2" },
  { name: "c", value: 10, text: "VM1" },
  { name: "d", value: 9, text: "vm2" },
];
const names = (ordered: readonly { name: string }[]) => ordered.map(({ name }) => name).join("");

test("numbers are ordered by size, equal ones as they were, and what is not known comes last", () => {
  expect(names(orderBy(rows, ({ value }) => value, false))).toBe("bdca");
  expect(names(orderBy(rows, ({ value }) => value, true))).toBe("cbda");
});

test("texts are ordered as people count, whatever their case", () => {
  expect(names(orderBy(rows, ({ text }) => text, false))).toBe("cbda");
  expect(names(orderBy(rows, ({ text }) => text, true))).toBe("abdc");
});

test("the rows themselves stay as they are", () => {
  orderBy(rows, ({ text }) => text, false);
  expect(names(rows)).toBe("abcd");
});
