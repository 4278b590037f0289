import { addAdapter } from "@/simulator/host/adapters";
import { newVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { DISK, FREE_MAC, GIBIBYTE, GOLD, invalid, NOBODY, SEEDED, SEEDED_BOOT, vmNotFound } from "./parts";

const CHANGE = { vm_id: "vm:build-old", nic_id: "nic:build-old/Network Adapter" };

function updated(rest: Record<string, unknown>) {
  return { "vm:build-old.adapters": [{ ...SEEDED, ...rest }] };
}

export const NIC_UPDATE: Scenario[] = [
  {
    call: "nic/update",
    title: "changes network, name and address of an adapter of a VM that is off",
    spec: { ...CHANGE, network: "dmz", adapter_name: "Front", mac_address: FREE_MAC },
    outputs: { nic_id: CHANGE.nic_id, adapter_name: "Front", mac_address: FREE_MAC },
    changes: updated({
      name: "Front",
      switch: "Perimeter",
      vlan_id: 30,
      dynamic_mac: false,
      mac: FREE_MAC.replaceAll("-", ""),
    }),
  },
  {
    call: "nic/update",
    title: "changes the VLAN alone where the switch stays",
    spec: { ...CHANGE, network: "Production" },
    outputs: { nic_id: CHANGE.nic_id, adapter_name: "Network Adapter", mac_address: null },
    changes: updated({ vlan_id: 10 }),
  },
  {
    call: "nic/update",
    title: "changes network and name while the VM runs",
    host: "hv03",
    spec: {
      vm_id: "vm:backup01",
      nic_id: "nic:backup01/Network Adapter",
      network: "DMZ",
      adapter_name: "Front",
    },
    outputs: {
      nic_id: "nic:backup01/Network Adapter",
      adapter_name: "Front",
      mac_address: "00-15-5D-03-00-01",
    },
    changes: {
      "vm:backup01.adapters": [
        {
          ...SEEDED,
          nic_id: "nic:backup01/Network Adapter",
          name: "Front",
          switch: "Perimeter",
          vlan_id: 30,
          mac: "00155D030001",
          ip_addresses: ["10.20.20.90"],
        },
      ],
    },
  },
  {
    call: "nic/update",
    title: "with nothing to change, or with what is so already, succeeds",
    spec: { ...CHANGE, network: "Servers", adapter_name: "Network Adapter" },
    outputs: { nic_id: CHANGE.nic_id, adapter_name: "Network Adapter", mac_address: null },
  },
  {
    call: "nic/update",
    title: "takes the address that the adapter has already, also while the VM runs",
    given: (world) => {
      const [adapter] = world.vm("dc01").adapters;
      if (adapter !== undefined) adapter.dynamicMac = false;
    },
    spec: { vm_id: "vm:dc01", nic_id: "nic:dc01/Network Adapter", mac_address: "00-15-5D-01-00-01" },
    outputs: {
      nic_id: "nic:dc01/Network Adapter",
      adapter_name: "Network Adapter",
      mac_address: "00-15-5D-01-00-01",
    },
  },
  {
    call: "nic/update",
    title: "refuses a new address while the VM runs, before it changes anything",
    spec: {
      vm_id: "vm:dc01",
      nic_id: "nic:dc01/Network Adapter",
      adapter_name: "Front",
      mac_address: FREE_MAC,
    },
    fails: { code: "vm_not_off", target: "mac_address" },
  },
  {
    call: "nic/update",
    title: "refuses an address that another adapter has",
    spec: { ...CHANGE, adapter_name: "Front", mac_address: "00-15-5D-01-00-01" },
    fails: { code: "mac_address_taken", target: "mac_address" },
  },
  {
    call: "nic/update",
    title: "refuses a network that the host has not",
    spec: { ...CHANGE, adapter_name: "Front", network: "Moon" },
    fails: { code: "network_not_found", target: "network" },
  },
  ...nicNotFound("nic/update"),
  ...vmNotFound("nic/update", { nic_id: NOBODY }),
  ...invalid("nic/update", CHANGE, [
    ["vm_id", {}],
    ["nic_id", undefined],
    ["network", true],
    ["mac_address", "02155D0A0B0C"],
  ]),
];

function nicNotFound(call: Scenario["call"]): Scenario[] {
  const fails = { code: "nic_not_found", target: "nic_id" };
  const spec = { vm_id: "vm:build-old" };
  return [
    { call, title: "an adapter that does not exist is not found", spec: { ...spec, nic_id: NOBODY }, fails },
    {
      call,
      title: "an adapter of another VM is not found",
      spec: { ...spec, nic_id: "nic:dc01/Network Adapter" },
      fails,
    },
  ];
}

/** A VM of generation 1 that runs. */
function oldVm(world: World): void {
  const options = { name: "old", memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\old`, generation: 1 as const };
  newVm(world.host(), options).state = "running";
}

export const NIC_DELETE: Scenario[] = [
  {
    call: "nic/delete",
    title: "takes an adapter from a VM that is off",
    spec: CHANGE,
    outputs: {},
    changes: { "vm:build-old.adapters": [], "vm:build-old.boot_order": SEEDED_BOOT.slice(0, 1) },
  },
  {
    call: "nic/delete",
    title: "takes one of two adapters of the same name",
    given: (world) => {
      addAdapter(world.vm("build-old"), "Second");
    },
    spec: { ...CHANGE, nic_id: "nic:build-old/Second" },
    outputs: {},
    changes: { "vm:build-old.adapters": [SEEDED], "vm:build-old.boot_order": SEEDED_BOOT },
  },
  {
    call: "nic/delete",
    title: "takes an adapter from a VM of generation 2 that runs",
    spec: { vm_id: "vm:dc01", nic_id: "nic:dc01/Network Adapter" },
    outputs: {},
    changes: { "vm:dc01.adapters": [], "vm:dc01.boot_order": [`disk:${DISK.dc01.toLowerCase()}`] },
  },
  {
    call: "nic/delete",
    title: "refuses an adapter of a VM of generation 1 that runs",
    given: oldVm,
    spec: { vm_id: "vm:old", nic_id: "nic:old/Network Adapter" },
    fails: { code: "vm_not_off", target: "nic_id" },
  },
  ...nicNotFound("nic/delete"),
  ...vmNotFound("nic/delete", { nic_id: NOBODY }),
  ...invalid("nic/delete", CHANGE, [
    ["vm_id", "x"],
    ["nic_id", "first"],
  ]),
];
