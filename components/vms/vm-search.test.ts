import { expect, test } from "vitest";
import { hostsIn, vmSummary } from "@/tests/support/vm-summaries";
import { rowsOf } from "./vm-row";
import { searchOf } from "./vm-search";

const hosts = hostsIn({ hv01: "cluster01", hv02: null });
const rows = rowsOf(
  [
    vmSummary("web01", { ip_addresses: ["10.0.0.11", "fe80::1"], note: "Shop, front end" }),
    vmSummary("web02", { host: "hv02", state: "off", ip_addresses: ["10.0.0.12"] }),
    vmSummary("db01", {
      host: "hv02",
      activity: "migrating",
      guest_os: "Ubuntu 24.04",
      networks: ["Back end"],
      cluster_role: { name: "db01", state: "failed" },
    }),
    vmSummary("old01", { missing_since: "2026-01-02T03:04:05.000Z", guest_os: "Windows Server 2025" }),
  ],
  hosts,
);
const found = (query: string) => rows.filter(searchOf(query)).map(({ vm }) => vm.vm_name);
const ALL = ["web01", "web02", "db01", "old01"];

test.each([
  ["", ALL],
  ["  ", ALL],
  ["WEB", ["web01", "web02"]],
  ["web 10.0.0.12", ["web02"]],
  ["front", ["web01"]],
  ["cluster01", ["web01", "old01"]],
  ["migrating", ["db01"]],
  ["missing", ["old01"]],
  ["id-of-db01", ["db01"]],
  ["fe80::1", ["web01"]],
  ["nothing like it", []],
])("%j finds %j anywhere", (query, names) => {
  expect(found(query)).toEqual(names);
});

test.each([
  ["host:hv02", ["web02", "db01"]],
  ["HOST:HV02 state:off", ["web02"]],
  ["cluster:cluster01", ["web01", "old01"]],
  ["name:hv", []],
  ["os:ubuntu", ["db01"]],
  ["os:windows", ["old01"]],
  ["ip:10.0", ["web01", "web02"]],
  ['network:"back end"', ["db01"]],
  ['"front end"', ["web01"]],
  ["role:failed", ["db01"]],
  ["note:shop", ["web01"]],
])("%j finds %j in the field that it names", (query, names) => {
  expect(found(query)).toEqual(names);
});

test("a field without a word, as while one types it, asks for nothing", () => {
  expect(found("host:")).toEqual(ALL);
  expect(found("web host:")).toEqual(["web01", "web02"]);
  expect(found('note:"')).toEqual(ALL);
});

test("a prefix that names no field is a word like any other", () => {
  expect(found("owner:me")).toEqual([]);
  expect(found("constructor:web")).toEqual([]);
});

test("VMs of a host that does not answer are found by that", () => {
  const [known] = rowsOf([vmSummary("web03", { host: "hv09" })], hosts);
  if (known === undefined) throw new Error("There is no row.");
  expect(searchOf("unreachable")({ ...known, stale: true })).toBe(true);
  expect(searchOf("unreachable")(known)).toBe(false);
});
