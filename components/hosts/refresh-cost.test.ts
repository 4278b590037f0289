import { expect, test } from "vitest";
import { costWords } from "./refresh-cost";

test.each([
  [{ duration_ms: 27, round_trips: 6, received_bytes: 70_000 }, "27 ms · 69 KB"],
  [{ duration_ms: 1_950, round_trips: 6, received_bytes: 1 }, "1.9 s · 1 KB"],
  [{ duration_ms: 15_400, round_trips: 9, received_bytes: 3 * 2 ** 20 }, "15.4 s · 3 MB"],
])("%o reads %s", (cost, words) => {
  expect(costWords(cost)).toBe(words);
});
