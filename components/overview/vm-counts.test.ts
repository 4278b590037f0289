import { expect, test } from "vitest";
import type { VmState, VmSummary } from "@/lib/domain/inventory";
import { vmCountsOf } from "./vm-counts";

test("counts each state that there is, what lasts first", () => {
  const states: VmState[] = ["starting", "off", "critical", "running", "off", "running", "running"];
  const vms = states.map((state) => ({ state }) as VmSummary);
  expect(vmCountsOf(vms).map(({ state, count }) => [state, count])).toEqual([
    ["running", 3],
    ["off", 2],
    ["critical", 1],
    ["starting", 1],
  ]);
});
