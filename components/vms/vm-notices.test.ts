import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import { vmRecord } from "@/tests/support/fake-records";
import { hostWith } from "@/tests/support/host-views";
import { VmNotices } from "./vm-notices";
import { VmOverview } from "./vm-overview";

const as_of = "2026-01-02T03:00:00.000Z";
const nodes = [
  { name: "HV01", state: "down" as const },
  { name: "HV02", state: "up" as const },
];
const hosts = [
  hostWith("hv01", { cluster: "c1" }, { state: "unreachable", as_of }),
  hostWith("hv02", { cluster: "c1", cluster_nodes: nodes }),
];
const vm: VmView = {
  ...vmRecord("web01", { state: "running", cluster_role: { name: "web01", state: "online" } }),
  ...{ host: "hv01", cluster: "c1", as_of, age_ms: 0, stale: true, missing_since: null, also_on: [] },
};
const textOf = (markup: string) => markup.replace(/<[^>]*>/g, "");

it("does not argue against the cluster that sees the VM's node down", () => {
  const told = textOf(renderToStaticMarkup(createElement(VmNotices, { vm, hosts, jobs: [] })));
  expect(told).toContain("c1 sees the node down, too, and has probably started the VM on another one");
  expect(told).not.toContain("may well be running");
});

it("shows the role's state of a host that does not answer as what was known last", () => {
  expect(
    textOf(renderToStaticMarkup(createElement(VmOverview, { vm, host: undefined, jobs: [] }))),
  ).toContain("last known: online");
});
