import { expect, test } from "vitest";
import type { VmSummary } from "@/lib/domain/inventory";
import { filterVms } from "./filter-vms";

function vm(vm_name: string, host: string, state: VmSummary["state"], address: string): VmSummary {
  return {
    vm_id: `id-of-${vm_name}`,
    vm_name,
    host,
    state,
    networks: ["Production"],
    ip_addresses: [address],
  } as unknown as VmSummary;
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
