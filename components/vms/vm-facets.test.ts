import { expect, test } from "vitest";
import { hostsIn, vmSummary } from "@/tests/support/vm-summaries";
import { narrow, type Selection } from "./vm-facets";
import { rowsOf } from "./vm-row";

const rows = rowsOf(
  [
    vmSummary("a", { host: "hv2" }),
    vmSummary("b", { host: "hv2", state: "off" }),
    vmSummary("c", { host: "hv10", state: "off" }),
    vmSummary("d", { host: "hv10", missing_since: "2026-01-02T03:04:05.000Z" }),
  ],
  hostsIn({ hv2: "east", hv10: null }),
);
const NONE: Selection = { state: [], cluster: [], host: [] };
const names = (chosen: Partial<Selection>, found = () => true) =>
  narrow(rows, found, { ...NONE, ...chosen }).rows.map(({ vm }) => vm.vm_name);

test("nothing chosen is everything; several values of one facet add up, several facets narrow down", () => {
  expect(names({})).toEqual(["a", "b", "c", "d"]);
  expect(names({ state: ["off"] })).toEqual(["b", "c"]);
  expect(names({ state: ["off", "running"] })).toEqual(["a", "b", "c"]);
  expect(names({ state: ["off"], host: ["hv10"] })).toEqual(["c"]);
  expect(names({ cluster: ["-"] })).toEqual(["c", "d"]);
  expect(names({ cluster: ["east", "-"], state: ["missing"] })).toEqual(["d"]);
  expect(names({ host: ["elsewhere"] })).toEqual([]);
  expect(names({ state: ["off"] }, () => false)).toEqual([]);
});

test("a VM whose host does not answer is in no state, whatever it was last", () => {
  const stale = rows.map((row) => ({ ...row, stale: row.vm.host === "hv2" }));
  const { rows: found, values } = narrow(stale, () => true, { ...NONE, state: ["running", "off"] });
  expect(found.map(({ vm }) => vm.vm_name)).toEqual(["c"]);
  expect(values.state).toContainEqual({ value: "last_known", count: 2 });
});

test("each value says how many VMs it would show under what the other facets say", () => {
  const { values } = narrow(rows, () => true, { ...NONE, state: ["off"] });
  expect(values.state).toEqual([
    { value: "running", count: 1 },
    { value: "off", count: 2 },
    { value: "missing", count: 1 },
  ]);
  expect(values.host).toEqual([
    { value: "hv2", count: 1 },
    { value: "hv10", count: 1 },
  ]);
  expect(values.cluster).toEqual([
    { value: "-", count: 1 },
    { value: "east", count: 1 },
  ]);
});

test("what is chosen stays to be taken back, also where no VM has it", () => {
  const { values } = narrow(rows, ({ vm }) => vm.vm_name === "a", { ...NONE, host: ["gone"] });
  expect(values.host).toEqual([
    { value: "gone", count: 0 },
    { value: "hv2", count: 1 },
    { value: "hv10", count: 0 },
  ]);
});
