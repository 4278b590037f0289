import { expect, test } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import { filterVms } from "./filter-vms";

function vm(vm_name: string, host: string, state: VmView["state"], address: string): VmView {
  return {
    vm_id: `id-of-${vm_name}`,
    vm_name,
    host,
    state,
    nics: [{ network: "Production", mac_address: null, ip_addresses: [address] }],
  } as unknown as VmView;
}

const vms = [
  vm("web01", "hv01", "running", "10.0.0.11"),
  vm("web02", "hv02", "off", "10.0.0.12"),
  vm("db01", "hv02", "running", "10.0.0.21"),
];

test.each([
  ["", ["web01", "web02", "db01"]],
  ["WEB", ["web01", "web02"]],
  ["running hv02", ["db01"]],
  ["10.0.0.12", ["web02"]],
  ["production", ["web01", "web02", "db01"]],
  ["nothing like it", []],
])("%j finds %j", (query, names) => {
  expect(filterVms(vms, query).map((found) => found.vm_name)).toEqual(names);
});
