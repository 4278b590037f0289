import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { caller, failure, outputs } from "./testing/operations";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

const NOBODY = "00000000-0000-4000-8000-000000000000";

let simulation: TestSimulation;
let vm_id: string;
let nic_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02", { network: "Servers" });
  nic_id = simulation.vm("web02").adapters[0]?.id ?? "";
});
afterEach(() => simulation.close());

const call = caller(
  () => simulation,
  "nic",
  () => vm_id,
);
const vm = () => simulation.vm("web02");
const adapter = () => vm().adapters[0];

describe("nic/update", () => {
  test.each([
    ["Production", "Datacenter", 10],
    ["dmz", "Perimeter", 30],
  ])("moves the adapter of a running VM to %s, and renames it", async (network, switchName, vlanId) => {
    vm().state = "running";
    const answer = await call("update", { nic_id: nic_id.toUpperCase(), network, adapter_name: "front" });
    expect(outputs(answer)).toEqual({ nic_id, adapter_name: "front", mac_address: null });
    expect(adapter()).toMatchObject({ name: "front", switchName, vlanId });
  });

  test("sets a MAC address while the VM is off, and takes the same again while it runs", async () => {
    const mac_address = "00-15-5d-01-02-0a";
    const set = await call("update", { nic_id, mac_address });
    expect(outputs(set).mac_address).toBe("00-15-5D-01-02-0A");
    expect(adapter()).toMatchObject({ mac: "00155D01020A", dynamicMac: false });
    vm().state = "running";
    outputs(await call("update", { nic_id, mac_address }));
    const other = await call("update", { nic_id, mac_address: "00-15-5D-01-02-0B", adapter_name: "x" });
    expect(failure(other)).toEqual(["vm_not_off", "mac_address"]);
    expect(adapter()).toMatchObject({ mac: "00155D01020A", name: "Servers" });
  });

  test("refuses a MAC address that another adapter has", async () => {
    const spec = { network: "Servers", mac_address: "00-15-5D-01-02-0C" };
    outputs(await call("create", spec));
    const answer = await call("update", { nic_id, mac_address: spec.mac_address });
    expect(failure(answer)).toEqual(["mac_address_taken", "mac_address"]);
  });

  test.each([
    ["running", { network: "nowhere" }, "network_not_found", "network"],
    ["saved", { network: "DMZ" }, "vm_not_off", "network"],
    ["saved", { adapter_name: "x" }, "vm_not_off", "adapter_name"],
    ["off", { mac_address: "01-15-5D-01-02-0A" }, "invalid_request", "mac_address"],
    ["off", { nic_id: NOBODY }, "nic_not_found", "nic_id"],
    ["off", { vm_id: NOBODY }, "vm_not_found", "vm_id"],
  ] as const)("on a VM that is %s refuses %j", async (state, spec, code, target) => {
    vm().state = state;
    const before = structuredClone(adapter());
    expect(failure(await call("update", { nic_id, ...spec }))).toEqual([code, target]);
    expect(adapter()).toEqual(before);
  });
});

describe("nic/delete", () => {
  test.each(["off", "running"] as const)("takes an adapter out of a VM that is %s", async (state) => {
    vm().state = state;
    expect(outputs(await call("delete", { nic_id }))).toEqual({});
    expect(vm().adapters).toEqual([]);
    expect(failure(await call("delete", { nic_id }))).toEqual(["nic_not_found", "nic_id"]);
  });

  test("needs a VM of generation 1 off, and any VM not saved", async () => {
    Object.assign(vm(), { state: "running", generation: 1 });
    expect(failure(await call("delete", { nic_id }))).toEqual(["vm_not_off", "nic_id"]);
    Object.assign(vm(), { state: "saved", generation: 2 });
    expect(failure(await call("delete", { nic_id }))).toEqual(["vm_not_off", "nic_id"]);
    expect(vm().adapters).toHaveLength(1);
  });
});
