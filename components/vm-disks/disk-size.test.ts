import { expect, test } from "vitest";
import { GB } from "@/lib/domain/units";
import { shrinkProblems, sizeOf } from "./disk-size";

test("the form begins with the whole gigabytes that a disk takes; with none where nobody could read it", () => {
  expect(sizeOf({ size_bytes: 30 * GB })).toEqual({ size_gb: 30 });
  expect(sizeOf({ size_bytes: 30 * GB + 1 })).toEqual({ size_gb: 31 });
  expect(sizeOf({ size_bytes: null })).toEqual({});
});

test("a disk only grows", () => {
  const disk = { size_bytes: 30 * GB };
  expect(shrinkProblems({ size_gb: 29 }, disk)).toEqual([
    {
      pointer: "/size_gb",
      message: "Size cannot be less than the 30 GB that the disk has: a disk only grows.",
    },
  ]);
  expect(shrinkProblems({ size_gb: 31 }, disk)).toEqual([]);
  expect(shrinkProblems({}, disk)).toEqual([]);
  expect(shrinkProblems({ size_gb: 1 }, { size_bytes: null })).toEqual([]);
});
