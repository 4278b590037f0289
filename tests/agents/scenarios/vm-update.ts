import type { Scenario } from "../support/scenario";
import { GIBIBYTE, invalid, marker, step, vmNotFound } from "./parts";

export const VM_UPDATE: Scenario[] = [
  {
    call: "vm/update",
    title: "changes name, memory and processors of a VM that is off",
    spec: { vm_id: "vm:build-old", vm_name: "build-new", gb_ram: 16, cpu_cores: 8 },
    outputs: { vm_id: "vm:build-old", vm_name: "build-new" },
    changes: {
      "vm:build-old.vm_name": "build-new",
      "vm:build-old.cluster_role": "build-new",
      "vm:build-old.memory_startup_bytes": 16 * GIBIBYTE,
      "vm:build-old.processor_count": 8,
    },
  },
  {
    call: "vm/update",
    title: "renames a VM that runs",
    host: "hv03",
    spec: { vm_id: "vm:backup01", vm_name: "Größe-01" },
    outputs: { vm_id: "vm:backup01", vm_name: "Größe-01" },
    changes: { "vm:backup01.vm_name": "Größe-01" },
  },
  {
    call: "vm/update",
    title: "takes the VM's own name in another case",
    spec: { vm_id: "vm:build-old", vm_name: "Build-Old" },
    outputs: { vm_id: "vm:build-old", vm_name: "Build-Old" },
    changes: { "vm:build-old.vm_name": "Build-Old", "vm:build-old.cluster_role": "Build-Old" },
  },
  {
    call: "vm/update",
    title: "adds memory to a VM that runs",
    spec: { vm_id: "vm:dc01", gb_ram: 12 },
    outputs: { vm_id: "vm:dc01", vm_name: "dc01" },
    changes: { "vm:dc01.memory_startup_bytes": 12 * GIBIBYTE },
  },
  {
    call: "vm/update",
    title: "with nothing to change, or with what is so already, succeeds also while the VM runs",
    spec: { vm_id: "vm:dc01", vm_name: "dc01", gb_ram: 8, cpu_cores: 4 },
    outputs: { vm_id: "vm:dc01", vm_name: "dc01" },
  },
  {
    call: "vm/update",
    title: "leaves the marker of a deployment as it is",
    context: step(2),
    given: (world) => {
      world.vm("build-old").notes = `Before.\n${marker(1)}\nAfter.`;
    },
    spec: { vm_id: "vm:build-old", gb_ram: 6 },
    outputs: { vm_id: "vm:build-old", vm_name: "build-old" },
    changes: { "vm:build-old.memory_startup_bytes": 6 * GIBIBYTE },
  },
  {
    call: "vm/update",
    title: "refuses the name of another VM, before it changes anything",
    spec: { vm_id: "vm:build-old", vm_name: "WEB01", cpu_cores: 2 },
    fails: { code: "vm_name_taken", target: "vm_name" },
  },
  {
    call: "vm/update",
    title: "refuses to change the processors of a VM that runs, before it changes anything",
    spec: { vm_id: "vm:dc01", vm_name: "dc02", cpu_cores: 8 },
    fails: { code: "vm_not_off", target: "cpu_cores" },
  },
  {
    call: "vm/update",
    title: "refuses to take memory from a VM that runs",
    spec: { vm_id: "vm:dc01", gb_ram: 4 },
    fails: { code: "vm_not_off", target: "gb_ram" },
  },
  {
    call: "vm/update",
    title: "tells when Hyper-V does not add memory to a VM that runs",
    given: (world) => {
      world.vm("dc01").hardDiskDrives = [];
    },
    spec: { vm_id: "vm:dc01", gb_ram: 12 },
    fails: { code: "vm_not_off", target: "gb_ram" },
  },
  {
    call: "vm/update",
    title: "refuses to change dynamic memory of a VM that runs",
    given: (world) => {
      world.vm("dc01").dynamicMemory = true;
    },
    spec: { vm_id: "vm:dc01", gb_ram: 12 },
    fails: { code: "vm_not_off", target: "gb_ram" },
  },
  {
    call: "vm/update",
    title: "refuses a saved VM's processors",
    given: (world) => {
      world.vm("build-old").state = "saved";
    },
    spec: { vm_id: "vm:build-old", cpu_cores: 2 },
    fails: { code: "vm_not_off", target: "cpu_cores" },
  },
  {
    call: "vm/update",
    title: "refuses more memory than the host has free",
    spec: { vm_id: "vm:build-old", gb_ram: 209 },
    fails: { code: "insufficient_memory", target: "gb_ram" },
  },
  ...vmNotFound("vm/update", { gb_ram: 4 }),
  ...invalid("vm/update", { vm_id: "vm:build-old" }, [
    ["vm_id", undefined],
    ["vm_name", "a\\b"],
    ["gb_ram", -1],
    ["cpu_cores", 33],
    ["cpu_cores", "2"],
  ]),
];
