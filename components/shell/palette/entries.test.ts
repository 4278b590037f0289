import { expect, test } from "vitest";
import type { ChosenVm } from "@/components/vm-actions/vm-action";
import { hostWith } from "@/tests/support/host-views";
import { vmSummary } from "@/tests/support/vm-summaries";
import { type Entry, entriesFor, entriesOfVm, inventoryEntries } from "./entries";

const HOSTS = [hostWith("hv01", { cluster: "sql-cluster" }), hostWith("sql")];
const VMS = [
  vmSummary("mysql", { host: "hv01" }),
  vmSummary("prod-sql01", { host: "hv01", ip_addresses: ["10.20.10.21"] }),
  vmSummary("sql", { host: "hv01", state: "off" }),
  vmSummary("sql01", { host: "sql" }),
  vmSummary("web", { host: "sql", guest_os: "Ubuntu 24.04 LTS" }),
];

const known = (vms = VMS) =>
  inventoryEntries({ hosts: HOSTS, vms, hostByName: new Map(HOSTS.map((host) => [host.name, host])) });

const found = (query: string, vms = VMS, here?: string) => {
  const all = known(vms);
  const vm = all.vms.find(({ label }) => label === here)?.vm;
  return entriesFor(query, all, [], vm).map(({ value, items }) => [
    value,
    ...items.map(({ label }) => label),
  ]);
};

test("without a query: where one can go, and no list of machines", () => {
  expect(found(" ").map(([heading]) => heading)).toEqual(["Go to", "Theme"]);
  expect(found("")[0]).toEqual(["Go to", "New VM", "Overview", "VMs", "Hosts", "Clusters", "Jobs", "API"]);
});

test("what is called so comes before what begins so, has a word that does, holds it, or is only known by it", () => {
  expect(found("sql")).toEqual([
    ["VMs", "sql", "sql01", "prod-sql01", "mysql", "web"],
    ["Hosts", "sql", "hv01"],
    ["Clusters", "sql-cluster"],
  ]);
});

test("each word must be met, in whatever place", () => {
  expect(found("sql01 hv01")[0]).toEqual(["VMs", "prod-sql01"]);
  expect(found("sql ubuntu")).toEqual([["VMs", "web"]]);
  expect(found("10.20.10.2")).toEqual([["VMs", "prod-sql01"]]);
  expect(found("id-of-web")).toEqual([["VMs", "web"]]);
  expect(found("no such thing")).toEqual([]);
});

test("the kind that fits best comes first", () => {
  expect(found("jobs")[0]).toEqual(["Go to", "Jobs"]);
  expect(found("dark")).toEqual([["Theme", "Dark theme"]]);
  expect(found("sql-cluster")[0]?.[0]).toBe("Clusters");
});

test("of ten thousand that fit some are shown, and the way to all of them", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => vmSummary(`vm${index}`, { host: "hv01" }));
  const [vms] = entriesFor("vm1", known(many), []);
  expect(vms?.items).toHaveLength(13);
  expect(vms?.items[0]?.label).toBe("vm1");
  const last = vms?.items.at(-1) as Entry;
  expect(last.label).toBe("All 1,111 VMs that fit");
  expect(last.action).toEqual({ href: "/vms?q=vm1" });
});

test("an entry says how it is, and where", () => {
  const [sql] = known().vms.filter(({ label }) => label === "sql");
  expect(sql).toMatchObject({ hint: "off · hv01", tone: "neutral", action: { href: "/vms/id-of-sql" } });
});

test("the one VM that fits comes with what can be done with it, and what cannot be done says why", () => {
  const [vms, actions] = entriesFor("prod-sql01", known(), []);
  expect(vms?.items.map(({ label }) => label)).toEqual(["prod-sql01"]);
  expect(actions?.items.map(({ label }) => label)).toEqual([
    ...["Start: prod-sql01", "Shut down: prod-sql01", "Turn off: prod-sql01", "Restart: prod-sql01"],
    ...["Reset: prod-sql01", "Pause: prod-sql01", "Resume: prod-sql01", "Save: prod-sql01"],
    ...["Edit: prod-sql01", "Add disk: prod-sql01", "Add network adapter: prod-sql01"],
    ...["Add to the cluster: prod-sql01", "Duplicate: prod-sql01", "Delete: prod-sql01"],
  ]);
  expect(actions?.items[0]?.unavailable).toBe("The VM is running already.");
  expect(actions?.items[1]?.unavailable).toBeUndefined();
  expect(actions?.items[1]?.action).toMatchObject({ choice: "shutdown", vm: { vm_id: "id-of-prod-sql01" } });
});

test("a word for an action and one for a VM lead to the action", () => {
  expect(found("shut web")).toEqual([["Actions", "Shut down: web"]]);
  expect(found("mysql clone")).toEqual([["Actions", "Duplicate: mysql"]]);
  expect(found("add disk mysql")).toEqual([["Actions", "Add disk: mysql"]]);
  expect(found("shut")).toEqual([]);
});

test("on a VM's page its own actions are at hand, and never the first that Enter would choose", () => {
  expect(found("", VMS, "web").map(([heading]) => heading)).toEqual(["Go to", "Actions", "Theme"]);
  expect(found("turn off", VMS, "web")).toEqual([["Actions", "Turn off: web"]]);
});

test("of one VM everything that can be done is found by a word of it", () => {
  const [entry] = known().vms.filter(({ label }) => label === "web");
  if (entry?.vm === undefined) throw new Error("There is no web.");
  const ofWeb = (query: string) =>
    entriesOfVm(query, entry, entry.vm as ChosenVm).flatMap(({ items }) => items.map(({ label }) => label));
  expect(ofWeb("")[0]).toBe("Open web");
  expect(ofWeb("")).toHaveLength(15);
  expect(ofWeb("reboot")).toEqual(["Restart: web"]);
  expect(ofWeb("nonsense")).toEqual([]);
});
