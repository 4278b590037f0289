import { describe, expect, it } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import { listVms } from "./vm-list";

const vm = (vm_name: string, host: string, state: VmView["state"]) =>
  ({ vm_id: `id-of-${vm_name}`, vm_name, host, state }) as VmView;

const VMS = [vm("db-01", "hv01", "running"), vm("Web-01", "hv01", "running"), vm("web-02", "hv02", "off")];
const page = { limit: 100, offset: 0 };
const namesOf = (filter: Parameters<typeof listVms>[1]) =>
  listVms(VMS, filter).vms.map(({ vm_name }) => vm_name);

describe("the list of VMs", () => {
  it("keeps its order", () => {
    expect(namesOf(page)).toEqual(["db-01", "Web-01", "web-02"]);
  });

  it("keeps what every filter lets through", () => {
    expect(namesOf({ ...page, q: "WEB" })).toEqual(["Web-01", "web-02"]);
    expect(namesOf({ ...page, q: "web", host: "hv01" })).toEqual(["Web-01"]);
    expect(namesOf({ ...page, state: "off" })).toEqual(["web-02"]);
    expect(namesOf({ ...page, host: "hv" })).toEqual([]);
  });

  it("counts all of them and shows one page", () => {
    expect(listVms(VMS, { limit: 1, offset: 1 })).toMatchObject({ total: 3, vms: [{ vm_name: "Web-01" }] });
    expect(listVms(VMS, { limit: 1, offset: 9 })).toEqual({ total: 3, vms: [] });
  });
});
