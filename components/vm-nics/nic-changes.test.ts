import { expect, test } from "vitest";
import type { VmState } from "@/lib/domain/inventory";
import { whyNot } from "@/lib/domain/vm-actions";
import { fixedFields, valuesOfNic, whyNotEdited } from "./nic-changes";

const vm = (state: VmState) => ({ state, generation: 2, dynamic_memory: false, checkpoints: 0 });

test("the form begins with what the adapter has", () => {
  const nic = {
    nic_id: "1",
    adapter_name: "Front",
    network: null,
    virtual_switch: "Datacenter",
    vlan_id: 99,
    mac_address: "00-15-5D-01-02-03",
    ip_addresses: [],
  };
  expect(valuesOfNic(nic)).toEqual({ adapter_name: "Front", mac_address: "00-15-5D-01-02-03" });
});

test("a field that the VM's state forbids says so, and nothing is offered where all are", () => {
  expect(fixedFields(vm("off"))).toEqual({});
  expect(fixedFields(vm("running"))).toEqual({
    mac_address: "An adapter's MAC address can be changed only while the VM is off; it is running.",
  });
  expect(Object.keys(fixedFields(vm("saved")))).toEqual(["network", "adapter_name", "mac_address"]);
  const why = (state: VmState) => whyNotEdited((action) => whyNot(action, vm(state)) ?? undefined);
  expect(why("running")).toBeUndefined();
  expect(why("saved")).toBe(
    "An adapter's network can be changed only while the VM is off or running; it is saved.",
  );
});
