import { describe, expect, it } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import { vmRecord } from "@/tests/support/fake-records";
import { listVms } from "./vm-list";

function vm(vm_name: string, host: string, changes: Partial<VmView>): VmView {
  const read = { as_of: "2026-01-02T03:04:05.000Z", age_ms: 0, stale: false, missing_since: null };
  return { ...vmRecord(vm_name), host, cluster: null, also_on: [], ...read, ...changes };
}

const nic = {
  nic_id: "1",
  adapter_name: "a",
  network: null,
  virtual_switch: null,
  vlan_id: null,
  mac_address: null,
  ip_addresses: ["10.0.0.7", "fe80::7"],
};
const VMS = [
  vm("db-01", "hv01", { state: "running", uptime_ms: 5, nics: [nic] }),
  vm("Web-2", "hv01", { state: "running", uptime_ms: 9 }),
  vm("web-10", "hv02", { state: "off", cluster: "Cluster01" }),
];
const page = { limit: 100, offset: 0 };
const namesOf = (filter: Parameters<typeof listVms>[1]) =>
  listVms(VMS, filter).vms.map(({ vm_name }) => vm_name);

describe("the list of VMs", () => {
  it("keeps its order", () => {
    expect(namesOf(page)).toEqual(["db-01", "Web-2", "web-10"]);
  });

  it("keeps what every filter lets through", () => {
    expect(namesOf({ ...page, q: "WEB" })).toEqual(["Web-2", "web-10"]);
    expect(namesOf({ ...page, q: "web", host: "hv01" })).toEqual(["Web-2"]);
    expect(namesOf({ ...page, state: "off" })).toEqual(["web-10"]);
    expect(namesOf({ ...page, cluster: "cluster01" })).toEqual(["web-10"]);
    expect(namesOf({ ...page, host: "hv" })).toEqual([]);
  });

  it("finds a VM by an address, and by its id", () => {
    expect(namesOf({ ...page, q: "0.0.7" })).toEqual(["db-01"]);
    expect(namesOf({ ...page, q: "FE80" })).toEqual(["db-01"]);
    expect(namesOf({ ...page, q: VMS[1]?.vm_id })).toEqual(["Web-2"]);
  });

  it("sorts as it is asked to, either way, numbers as numbers", () => {
    expect(namesOf({ ...page, sort: "-vm_name" })).toEqual(["web-10", "Web-2", "db-01"]);
    expect(namesOf({ ...page, sort: "-uptime_ms" })).toEqual(["Web-2", "db-01", "web-10"]);
    expect(namesOf({ ...page, sort: "-host" })).toEqual(["web-10", "db-01", "Web-2"]);
  });

  it("counts all of them and shows one page", () => {
    expect(listVms(VMS, { limit: 1, offset: 1 })).toMatchObject({ total: 3, vms: [{ vm_name: "Web-2" }] });
    expect(listVms(VMS, { limit: 1, offset: 9 })).toEqual({ total: 3, vms: [] });
  });
});
