import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

let simulation: TestSimulation;
let vm_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02");
});
afterEach(() => simulation.close());

const create = (spec: Record<string, unknown>) =>
  simulation.call({ agent: "nic", operation: "create", spec: { vm_id, ...spec } });

describe("nic/create", () => {
  test("connects an adapter named after the network, with its VLAN and a dynamic address", async () => {
    const answer = await create({ network: "production" });
    const [adapter] = simulation.vm("web02").adapters;
    expect(answer.result?.outputs).toEqual({
      nic_id: adapter?.id,
      adapter_name: "Production",
      mac_address: null,
    });
    expect(adapter).toMatchObject({ switchName: "Datacenter", vlanId: 10, dynamicMac: true });
  });

  test("takes a name and a static address", async () => {
    const answer = await create({
      network: "DMZ",
      adapter_name: "outside",
      mac_address: "00-15-5d-01-02-0a",
    });
    expect(answer.result?.outputs).toMatchObject({
      adapter_name: "outside",
      mac_address: "00-15-5D-01-02-0A",
    });
    expect(simulation.vm("web02").adapters[0]).toMatchObject({
      vlanId: 30,
      dynamicMac: false,
      mac: "00155D01020A",
    });
  });

  test.each([
    ["vm_not_found", "vm_id", { vm_id: "00000000-0000-4000-8000-000000000000", network: "DMZ" }],
    ["network_not_found", "network", { network: "Storage" }],
    ["invalid_request", "network", {}],
    ["invalid_request", "mac_address", { network: "DMZ", mac_address: "00:15:5D:01:02:03" }],
    ["invalid_request", "mac_address", { network: "DMZ", mac_address: "01-15-5D-01-02-03" }],
    ["invalid_request", "mac_address", { network: "DMZ", mac_address: "00-00-00-00-00-00" }],
  ])("refuses with %s for %s, and adds nothing", async (code, target, spec) => {
    const answer = await create(spec);
    expect(answer.result?.error).toMatchObject({ code, target });
    expect(simulation.vm("web02").adapters).toEqual([]);
  });

  test("refuses a network whose virtual switch the host does not have", async () => {
    simulation.host().switches = ["Perimeter"];
    const answer = await create({ network: "Production" });
    expect(answer.result?.error).toMatchObject({ code: "network_not_found", target: "network" });
    expect(answer.result?.error?.message).toContain("Datacenter");
    expect(simulation.vm("web02").adapters).toEqual([]);
  });

  test("refuses an address that another adapter of the host has", async () => {
    const mac = simulation.vm("dc01").adapters[0]?.mac ?? "";
    const answer = await create({ network: "DMZ", mac_address: mac.match(/../g)?.join("-").toLowerCase() });
    expect(answer.result?.error).toMatchObject({ code: "mac_address_taken", target: "mac_address" });
    expect(simulation.vm("web02").adapters).toEqual([]);
  });
});

test("nic/read names the network whose switch and VLAN match", async () => {
  await create({ network: "Servers" });
  const answer = await simulation.call({ agent: "nic", operation: "read", spec: { vm_id } });
  expect(answer.result?.outputs.nics).toMatchObject([
    {
      adapter_name: "Servers",
      network: "Servers",
      virtual_switch: "Datacenter",
      vlan_id: 20,
      mac_address: null,
      ip_addresses: [],
    },
  ]);
});
