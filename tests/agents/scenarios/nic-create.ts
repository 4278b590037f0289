import { addAdapter } from "@/simulator/host/adapters";
import type { Scenario } from "../support/scenario";
import {
  DISK,
  FREE_MAC,
  hostResources,
  invalid,
  marker,
  SEEDED,
  SEEDED_BOOT,
  step,
  vmNotFound,
} from "./parts";

/** The state when build-old has a second adapter. */
function added(name: string, rest: Record<string, unknown>) {
  const adapter = { ...SEEDED, nic_id: `nic:build-old/${name}`, name, ...rest };
  return {
    "vm:build-old.adapters": [SEEDED, adapter],
    "vm:build-old.boot_order": [...SEEDED_BOOT, `nic:nic:build-old/${name}`],
  };
}

const SPEC = { vm_id: "vm:build-old", network: "production" };

export const NIC_CREATE: Scenario[] = [
  {
    call: "nic/create",
    title: "connects an adapter that is named after its network, whose name is found in any case",
    spec: SPEC,
    outputs: { nic_id: "nic:build-old/Production", adapter_name: "Production", mac_address: null },
    changes: added("Production", { vlan_id: 10 }),
  },
  {
    call: "nic/create",
    title: "gives an adapter the name and the address that are asked for",
    spec: { ...SPEC, network: "DMZ", adapter_name: "Außen 1", mac_address: FREE_MAC },
    outputs: { nic_id: "nic:build-old/Außen 1", adapter_name: "Außen 1", mac_address: FREE_MAC },
    changes: added("Außen 1", {
      switch: "Perimeter",
      vlan_id: 30,
      dynamic_mac: false,
      mac: FREE_MAC.replaceAll("-", ""),
    }),
  },
  {
    call: "nic/create",
    title: "adds an adapter to a VM that runs",
    spec: { vm_id: "vm:dc01", network: "DMZ" },
    outputs: { nic_id: "nic:dc01/DMZ", adapter_name: "DMZ", mac_address: null },
    changes: {
      "vm:dc01.adapters": [
        {
          ...SEEDED,
          nic_id: "nic:dc01/Network Adapter",
          vlan_id: 10,
          mac: "00155D010001",
          ip_addresses: ["10.20.10.11"],
        },
        { ...SEEDED, nic_id: "nic:dc01/DMZ", name: "DMZ", switch: "Perimeter", vlan_id: 30 },
      ],
      "vm:dc01.boot_order": [
        `disk:${DISK.dc01.toLowerCase()}`,
        "nic:nic:dc01/Network Adapter",
        "nic:nic:dc01/DMZ",
      ],
    },
  },
  {
    call: "nic/create",
    title: "within a deployment moves the marker on and keeps the disk's path",
    context: step(3),
    given: (world) => {
      world.vm("build-old").notes = marker(2, ',"disk_path":"D:\\\\a.vhdx"');
    },
    spec: SPEC,
    outputs: { nic_id: "nic:build-old/Production", adapter_name: "Production", mac_address: null },
    changes: {
      ...added("Production", { vlan_id: 10 }),
      "vm:build-old.notes": marker(3, ',"disk_path":"D:\\\\a.vhdx"'),
    },
  },
  {
    call: "nic/create",
    title: "refuses a network that the host has not",
    spec: { ...SPEC, network: "Moon" },
    fails: { code: "network_not_found", target: "network" },
  },
  {
    call: "nic/create",
    title: "refuses a network whose virtual switch the host has not",
    given: (world) => {
      world.host().switches = ["Perimeter"];
    },
    spec: SPEC,
    fails: { code: "network_not_found", target: "network" },
  },
  {
    call: "nic/create",
    title: "refuses an address that another adapter of the host has",
    spec: { ...SPEC, mac_address: "00-15-5D-01-00-01" },
    fails: { code: "mac_address_taken", target: "mac_address" },
  },
  ...hostResources({ call: "nic/create", spec: SPEC }),
  ...vmNotFound("nic/create", SPEC),
  ...invalid("nic/create", SPEC, [
    ["vm_id", "x"],
    ["network", undefined],
    ["network", 10],
    ["adapter_name", false],
    ["mac_address", "02:15:5D:0A:0B:0C"],
    ["mac_address", "03-15-5D-0A-0B-0C"],
    ["mac_address", "00-00-00-00-00-00"],
  ]),
];

export const NIC_READ: Scenario[] = [
  {
    call: "nic/read",
    title: "lists the adapters of a VM that runs, with what its guest reports",
    given: (world) => {
      addAdapter(world.vm("dc01"), "Unconnected");
    },
    spec: { vm_id: "vm:dc01" },
    outputs: {
      nics: [
        {
          nic_id: "nic:dc01/Network Adapter",
          adapter_name: "Network Adapter",
          network: "Production",
          virtual_switch: "Datacenter",
          vlan_id: 10,
          mac_address: "00-15-5D-01-00-01",
          ip_addresses: ["10.20.10.11"],
        },
        {
          nic_id: "nic:dc01/Unconnected",
          adapter_name: "Unconnected",
          network: null,
          virtual_switch: null,
          vlan_id: null,
          mac_address: null,
          ip_addresses: [],
        },
      ],
    },
  },
  {
    call: "nic/read",
    title: "gives an empty list for a VM without adapters",
    given: (world) => {
      world.vm("build-old").adapters = [];
    },
    spec: { vm_id: "vm:build-old" },
    outputs: { nics: [] },
  },
  ...vmNotFound("nic/read"),
  ...invalid("nic/read", {}, [["vm_id", []]]),
];
