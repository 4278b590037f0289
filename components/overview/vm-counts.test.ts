import { expect, test } from "vitest";
import { facetFace } from "@/components/vms/vm-facets";
import type { VmState, VmSummary } from "@/lib/domain/inventory";
import { vmSummary } from "@/tests/support/vm-summaries";
import { vmCountsOf } from "./vm-counts";

const hosts = [
  { name: "hv01", state: "online" as const },
  { name: "hv02", state: "unreachable" as const },
];
const counted = (vms: readonly VmSummary[]) =>
  vmCountsOf(vms, hosts).map(({ state, count }) => [state, count]);

test("counts each state that there is, what lasts first", () => {
  const states: VmState[] = ["starting", "off", "critical", "running", "off", "running", "running"];
  expect(counted(states.map((state) => vmSummary(state, { state })))).toEqual([
    ["running", 3],
    ["off", 2],
    ["critical", 1],
    ["starting", 1],
  ]);
});

test("counts apart what is missing, and VMs of a host that does not answer, never as running", () => {
  const vms = [
    vmSummary("a", { host: "hv02" }),
    vmSummary("b", { missing_since: "2026-01-02T03:04:05.000Z" }),
    vmSummary("c"),
    vmSummary("d", { host: "hv02", state: "off" }),
    vmSummary("e", { state: "starting" }),
  ];
  expect(counted(vms)).toEqual([
    ["running", 1],
    ["starting", 1],
    ["missing", 1],
    ["last_known", 2],
  ]);
  expect(facetFace("last_known")).toEqual({ word: "last known", tone: "neutral" });
});
