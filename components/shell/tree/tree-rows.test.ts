import { expect, test } from "vitest";
import type { HostView, VmSummary } from "@/lib/domain/inventory";
import { hostWith } from "@/tests/support/host-views";
import { vmSummary } from "@/tests/support/vm-summaries";
import { type IsOpen, type TreeRow, treeRows } from "./tree-rows";

const asByDefault: IsOpen = (_key, byDefault) => byDefault;

const HOSTS = [
  hostWith("hv03"),
  hostWith("hv11", { cluster: "cluster10" }),
  hostWith("hv01", { cluster: "cluster2" }),
  hostWith("hv02", { cluster: "CLUSTER2" }, { state: "unreachable" }),
  hostWith("hv04", null, { state: "pending" }),
];
const VMS = [
  vmSummary("app1", { host: "hv01" }),
  vmSummary("app2", { host: "hv02" }),
  vmSummary("app10", { host: "hv01", state: "off" }),
  vmSummary("backup", { host: "hv03", activity: "migrating" }),
];

/** The tree as one sees it, a row a line. */
function drawn(rows: readonly TreeRow[]): string[] {
  return rows.map(({ level, name, open, vms, lastKnown }) => {
    const sign = open === null ? " " : open ? "-" : "+";
    return `${"  ".repeat(level - 1)}${sign} ${name}${vms === null ? "" : ` ${vms}`}${lastKnown === 0 ? "" : `+${lastKnown}`}`;
  });
}

const rowsOf = (isOpen: IsOpen = asByDefault, filter = "", vms: readonly VmSummary[] = VMS) =>
  treeRows({ hosts: HOSTS, vms }, isOpen, filter);

const named = (name: string): TreeRow | undefined => rowsOf().find((row) => row.name === name);

test("clusters by name, whatever case their hosts write it in; then the hosts of none, each with its VMs", () => {
  expect(drawn(rowsOf())).toEqual([
    "- cluster2 2+1",
    "  - hv01 2",
    "      app1",
    "      app10",
    "  - hv02 0+1",
    "      app2",
    "- cluster10 0",
    "    hv11 0",
    "- hv03 1",
    "    backup",
    "  hv04 0",
  ]);
});

test("each row knows its place among its siblings, and what it is under", () => {
  const places = rowsOf().map(({ name, place, siblings, parent }) => [name, place, siblings, parent]);
  expect(places).toEqual([
    ["cluster2", 1, 4, null],
    ["hv01", 1, 2, "c:cluster2"],
    ["app1", 1, 2, "h:hv01"],
    ["app10", 2, 2, "h:hv01"],
    ["hv02", 2, 2, "c:cluster2"],
    ["app2", 1, 1, "h:hv02"],
    ["cluster10", 2, 4, null],
    ["hv11", 1, 1, "c:cluster10"],
    ["hv03", 3, 4, null],
    ["backup", 1, 1, "h:hv03"],
    ["hv04", 4, 4, null],
  ]);
});

test("what is folded shows nothing below itself", () => {
  const folded = new Set(["c:cluster2", "h:hv03"]);
  expect(drawn(rowsOf((key) => !folded.has(key)))).toEqual([
    "+ cluster2 2+1",
    "- cluster10 0",
    "    hv11 0",
    "+ hv03 1",
    "  hv04 0",
  ]);
});

test("many VMs are folded away at first, a handful is not", () => {
  const many = Array.from({ length: 41 }, (_, index) => vmSummary(`vm${index}`, { host: "hv03" }));
  expect(drawn(rowsOf(asByDefault, "", many)).filter((line) => line.includes("hv03"))).toEqual(["+ hv03 41"]);
});

test("a filter shows what has it in its name, and the way to it", () => {
  expect(drawn(rowsOf(asByDefault, " APP1 "))).toEqual([
    "- cluster2 2",
    "  - hv01 2",
    "      app1",
    "      app10",
  ]);
  expect(rowsOf(asByDefault, "nothing")).toEqual([]);
});

test("a host found by its name keeps all of its VMs, folded; so do the hosts of a cluster", () => {
  expect(drawn(rowsOf(asByDefault, "hv02"))).toEqual(["- cluster2 0+1", "  + hv02 0+1"]);
  expect(drawn(rowsOf(asByDefault, "cluster2"))).toEqual(["- cluster2 2+1", "  + hv01 2", "  + hv02 0+1"]);
});

test("states are told in words, and what is old promises no colour", () => {
  expect(named("app1")?.face).toEqual({ tone: "ok", word: "running" });
  expect(named("app10")?.face).toEqual({ tone: "neutral", word: "off" });
  expect(named("backup")?.face).toEqual({ tone: "busy", word: "migrating" });
  expect(named("app2")).toMatchObject({ stale: true, face: { tone: "neutral", word: "running" } });
  expect(named("hv02")).toMatchObject({ stale: true, face: { tone: "bad", word: "unreachable" } });
  expect(named("cluster2")?.face).toEqual({ tone: "warn", word: "1 of 2 hosts unreachable" });
  expect(named("hv04")?.face).toEqual({ tone: "busy", word: "first read" });
});

test("names lead to their pages, whatever they are made of", () => {
  const hosts: HostView[] = [hostWith("hv 01/a", { cluster: "c%1" })];
  const rows = treeRows({ hosts, vms: [vmSummary("x", { host: "hv 01/a", vm_id: "a/b" })] }, () => true, "");
  expect(rows.map(({ href }) => href)).toEqual(["/clusters/c%251", "/hosts/hv%2001%2Fa", "/vms/a%2Fb"]);
});
