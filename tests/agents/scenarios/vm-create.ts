import { connectAdapter } from "@/simulator/host/adapters";
import type { VirtualMachine } from "@/simulator/host/model";
import { newVm as makeVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import {
  COMPLETED,
  GIBIBYTE,
  GOLD,
  hostResources,
  invalid,
  LOCAL,
  marker,
  NOBODY,
  newVm,
  step,
  TOLD,
  toldMarker,
  vmNotFound,
} from "./parts";

const SPEC = { vm_name: "web02", gb_ram: 4, cpu_cores: 2, os_family: "linux" };

const COMPLETE = { ...SPEC, vm_id: "vm:web02", deployment_id: "deployment-1" };

/** What New-VM makes, and the marker: the call that made it went no further. */
function justCreated(world: World): VirtualMachine {
  const path = `${GOLD}\\web02`;
  const vm = makeVm(world.host(), { name: "web02", memoryStartupBytes: GIBIBYTE, path });
  vm.notes = marker(1);
  return vm;
}

export const VM_CREATE: Scenario[] = [
  {
    call: "vm/create",
    title: "makes a VM of generation 2 for Linux, off and without devices",
    spec: SPEC,
    outputs: { vm_id: "vm:web02", vm_name: "web02" },
    changes: newVm("web02", {}),
  },
  {
    call: "vm/create",
    title: "makes one for Windows, on a host of its own, with any characters in its name",
    host: "hv03",
    spec: { ...SPEC, vm_name: "größe [1] $x `n", os_family: "windows", gb_ram: 1, cpu_cores: 32 },
    outputs: { vm_id: "vm:größe [1] $x `n", vm_name: "größe [1] $x `n" },
    changes: newVm("größe [1] $x `n", {
      host: "hv03",
      processor_count: 32,
      memory_startup_bytes: GIBIBYTE,
      secure_boot: { enabled: true, template: "MicrosoftWindows" },
      path: `${LOCAL}\\größe [1] $x \`n`,
    }),
  },
  {
    call: "vm/create",
    title: "within a deployment marks the VM's Notes",
    context: step(1),
    spec: { ...SPEC, unknown_field: "is ignored" },
    outputs: { vm_id: "vm:web02", vm_name: "web02" },
    changes: newVm("web02", { notes: marker(1) }),
  },
  {
    call: "vm/create",
    title: "says in the marker when the deployment began, and who asked for it",
    context: { ...step(1), ...TOLD },
    spec: SPEC,
    outputs: { vm_id: "vm:web02", vm_name: "web02" },
    changes: newVm("web02", { notes: toldMarker(1) }),
  },
  {
    call: "vm/create",
    title: "sets up the VM that an unfinished deployment has just created",
    context: step(1),
    given: justCreated,
    spec: COMPLETE,
    outputs: { vm_id: "vm:web02", vm_name: "web02" },
    changes: {
      "vm:web02.processor_count": 2,
      "vm:web02.memory_startup_bytes": 4 * GIBIBYTE,
      // New-VM takes the one for Windows.
      "vm:web02.secure_boot": { enabled: true, template: "MicrosoftUEFICertificateAuthority" },
      "vm:web02.adapters": [],
      "vm:web02.boot_order": [],
    },
  },
  {
    call: "vm/create",
    title: "changes nothing of a VM that the unfinished deployment had set up",
    context: step(1),
    given: (world) => {
      const vm = justCreated(world);
      Object.assign(vm, { memoryStartupBytes: 4 * GIBIBYTE, processorCount: 2, adapters: [], bootOrder: [] });
      vm.secureBoot = { enabled: true, template: "MicrosoftUEFICertificateAuthority" };
    },
    spec: COMPLETE,
    outputs: { vm_id: "vm:web02", vm_name: "web02" },
  },
  {
    call: "vm/create",
    title: "does not set up the VM of a deployment that is complete",
    context: step(1),
    given: (world) => {
      justCreated(world).notes = COMPLETED;
    },
    spec: COMPLETE,
    fails: { code: "deployment_changed", target: "deployment_id" },
  },
  {
    call: "vm/create",
    title: "does not set up a VM that somebody has connected",
    context: step(1),
    given: (world) => {
      const vm = justCreated(world);
      for (const adapter of vm.adapters) connectAdapter(world.host(), adapter, "Datacenter");
    },
    spec: COMPLETE,
    fails: { code: "deployment_changed", target: "deployment_id", message: /connected adapter/ },
  },
  {
    call: "vm/create",
    title: "does not set up a VM that somebody has started",
    context: step(1),
    given: (world) => {
      justCreated(world).state = "running";
    },
    spec: COMPLETE,
    fails: { code: "vm_not_off", target: "vm_id" },
  },
  {
    call: "vm/create",
    title: "finds no VM to set up where there is none",
    context: step(1),
    spec: { ...COMPLETE, vm_id: NOBODY },
    fails: { code: "vm_not_found", target: "vm_id" },
  },
  {
    call: "vm/create",
    title: "refuses a name that a VM of the host has, in whatever case",
    spec: { ...SPEC, vm_name: "SQL01" },
    fails: { code: "vm_name_taken", target: "vm_name" },
  },
  {
    call: "vm/create",
    title: "refuses a name that a VM on another node of the cluster has",
    spec: { ...SPEC, vm_name: "Gitlab" },
    fails: { code: "vm_name_taken", target: "vm_name" },
  },
  {
    call: "vm/create",
    title: "does not mind a VM outside the cluster",
    host: "hv03",
    spec: { ...SPEC, vm_name: "gitlab" },
    outputs: { vm_id: "vm:gitlab", vm_name: "gitlab" },
    given: (world) => {
      // Named apart, for the names of things are unique here.
      world.vm("gitlab").name = "GITLAB";
    },
    changes: newVm("gitlab", { host: "hv03", path: `${LOCAL}\\gitlab` }),
  },
  {
    call: "vm/create",
    title: "refuses more memory than is free",
    spec: { ...SPEC, gb_ram: 209 },
    fails: { code: "insufficient_memory", target: "gb_ram" },
  },
  {
    call: "vm/create",
    title: "takes all the memory that is free",
    spec: { ...SPEC, gb_ram: 208 },
    outputs: { vm_id: "vm:web02", vm_name: "web02" },
    changes: newVm("web02", { memory_startup_bytes: 208 * GIBIBYTE }),
  },
  ...hostResources({ call: "vm/create", spec: SPEC }),
  ...invalid("vm/create", SPEC, [
    ["vm_name", undefined],
    ["vm_name", "a/b"],
    ["vm_name", " a"],
    ["vm_name", "a."],
    ["vm_name", "x".repeat(101)],
    ["vm_name", 7],
    ["gb_ram", 0],
    ["gb_ram", 1.5],
    ["gb_ram", "4"],
    ["cpu_cores", 33],
    ["cpu_cores", null],
    ["os_family", "Linux"],
    ["os_family", ""],
  ]),
];

const RECORD = {
  vm_id: "vm:build-old",
  vm_name: "build-old",
  state: "off",
  activity: null,
  generation: 2,
  cpu_cores: 4,
  cpu_load_percent: null,
  dynamic_memory: false,
  memory_startup_bytes: 8 * GIBIBYTE,
  memory_assigned_bytes: 0,
  uptime_ms: 0,
  notes: "Switched off in spring; keep until the new one is accepted.",
  cluster_role: { name: "build-old", state: "offline" },
  checkpoints: 0,
  guest_os: null,
  guest_host_name: null,
  heartbeat: null,
  disks: [
    {
      disk_id: "disk:C:\\ClusterStorage\\Volume2\\Hyper-V\\build-old\\build-old.vhdx",
      path: "C:\\ClusterStorage\\Volume2\\Hyper-V\\build-old\\build-old.vhdx",
      size_bytes: 60 * GIBIBYTE,
      file_bytes: 27 * GIBIBYTE,
    },
  ],
  nics: [
    {
      nic_id: "nic:build-old/Network Adapter",
      adapter_name: "Network Adapter",
      network: "Servers",
      virtual_switch: "Datacenter",
      vlan_id: 20,
      mac_address: null,
      ip_addresses: [],
    },
  ],
};

export const VM_READ: Scenario[] = [
  {
    call: "vm/read",
    title: "gives a VM that is off as the inventory does",
    spec: { vm_id: "vm:build-old" },
    outputs: { vm: RECORD },
  },
  {
    call: "vm/read",
    title: "without host resources leaves the network's name out",
    given: (world) => world.resources(null),
    spec: { vm_id: "vm:build-old" },
    outputs: { vm: { ...RECORD, nics: [{ ...RECORD.nics[0], network: null }] } },
  },
  {
    call: "vm/read",
    title: "takes an id in braces and capital letters",
    given: (world) => {
      const vm = world.vm("build-old");
      world.host().vms.delete(vm.id);
      world.host().vms.set("abcdefab-0000-4000-8000-00000000000f", {
        ...vm,
        id: "abcdefab-0000-4000-8000-00000000000f",
      });
    },
    spec: { vm_id: "{ABCDEFAB-0000-4000-8000-00000000000F}" },
    outputs: { vm: RECORD },
  },
  ...vmNotFound("vm/read"),
  ...invalid("vm/read", {}, [
    ["vm_id", "build-old"],
    ["vm_id", undefined],
  ]),
];
