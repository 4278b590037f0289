import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import { vmRecord } from "@/tests/support/fake-records";
import { VmNics } from "./vm-nics";
import { VmNotes } from "./vm-notes";
import { VmOverview } from "./vm-overview";

const NIC = {
  ...{ nic_id: "n", adapter_name: "Ethernet", network: null, virtual_switch: "Datacenter", vlan_id: null },
  ...{ mac_address: null, dynamic_mac: true },
};
const ip_addresses = Array.from({ length: 500 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
const vm: VmView = {
  ...vmRecord("web01", { notes: "0123456789\n".repeat(100_000), nics: [{ ...NIC, ip_addresses }] }),
  ...{ host: "hv01", cluster: null, as_of: "2026-01-02T03:04:05.000Z", age_ms: 0, stale: false },
  missing_since: null,
  also_on: [],
};
const markupOf = (part: ReactNode) => renderToStaticMarkup(part);

it.each([
  ["overview", createElement(VmOverview, { vm, host: undefined, jobs: [] })],
  ["network adapters", createElement(VmNics, { vm })],
])("of 500 addresses the %s shows twenty at first", (_, part) => {
  const markup = markupOf(part);
  expect(markup.match(/Copy address [\d.]+" title/g)).toHaveLength(20);
  expect(markup).toContain("Show all 500 addresses");
});

it("of a megabyte of notes shows the first lines, and the rest when it is asked for", () => {
  const notes = markupOf(createElement(VmNotes, { notes: vm.notes }));
  expect(notes.match(/0123456789/g)).toHaveLength(80);
  expect(notes).toContain("Show all</");
  expect(markupOf(createElement(VmOverview, { vm, host: undefined, jobs: [] })).length).toBeLessThan(60_000);
  expect(markupOf(createElement(VmNotes, { notes: "few words" }))).not.toContain("Show all");
});
