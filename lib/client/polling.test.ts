import { describe, expect, it } from "vitest";
import { stretched } from "./polling";

const STRETCH = { shortest: 2_000, longest: 20_000 };

describe("the wait between two polls", () => {
  it.each([
    [0, 2_000],
    [8_000, 2_000],
    [40_000, 10_000],
    [80_000, 20_000],
    [3_600_000, 20_000],
  ])("after %i ms without a change is %i ms", (unchanged, wait) => {
    expect(stretched(unchanged, STRETCH)).toBe(wait);
  });

  it("keeps the requests of a quiet hour few", () => {
    let elapsed = 0;
    let requests = 0;
    while (elapsed < 3_600_000) {
      elapsed += stretched(elapsed, STRETCH);
      requests += 1;
    }
    expect(requests).toBeLessThan(200);
  });
});
