import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsInView } from "./row-window";

test("nothing is drawn of nothing", () => {
  expect(rowsInView(0, 500, 28, 0)).toEqual({ first: 0, end: 0 });
  expect(rowsInView(9_000, 500, 28, 0)).toEqual({ first: 0, end: 0 });
});

test("every row in view is drawn, and of ten thousand only a screenful", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 2_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (count, height, share) => {
        const rowHeight = 28;
        const top = share * Math.max(0, count * rowHeight - height);
        const { first, end } = rowsInView(top, height, rowHeight, count);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(first * rowHeight).toBeLessThanOrEqual(top);
        expect(end * rowHeight).toBeGreaterThanOrEqual(Math.min(top + height, count * rowHeight));
        expect(end - first).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 18);
      },
    ),
  );
});

test("what was scrolled to and is no longer there is not drawn", () => {
  const { first, end } = rowsInView(100_000, 500, 28, 10);
  expect(first).toBeLessThanOrEqual(end);
  expect(end).toBe(10);
});
