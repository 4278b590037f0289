import { addCheckpoint } from "@/simulator/host/checkpoints";
import { addHardDiskDrive } from "@/simulator/host/drives";
import { newVhd } from "@/simulator/host/storage";
import { newVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import {
  DISK,
  GIBIBYTE,
  GOLD,
  hostResources,
  invalid,
  marker,
  NOBODY,
  SILVER,
  step,
  vmNotFound,
} from "./parts";

function disk(path: string) {
  return `disk:${path}`;
}

function grown(sizeGb: number, fileGb: number, type = "dynamic") {
  return {
    virtual_bytes: sizeGb * GIBIBYTE,
    file_bytes: fileGb * GIBIBYTE,
    type,
    parent: null,
    copy_of: null,
  };
}

/** A VM of generation 1, whose disk is on an IDE controller. */
function oldVm(world: World, state: "off" | "running"): void {
  const host = world.host();
  const vm = newVm(host, { name: "old", memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\old`, generation: 1 });
  newVhd(host, { path: `${GOLD}\\old\\old.vhdx`, virtualBytes: GIBIBYTE, type: "dynamic" });
  addHardDiskDrive(host, vm, `${GOLD}\\old\\old.vhdx`);
  vm.state = state;
}

const GROW = { vm_id: "vm:build-old", disk_id: disk(DISK.buildOld), size_gb: 100 };

export const DISK_UPDATE: Scenario[] = [
  {
    call: "disk/update",
    title: "grows a disk of a VM that is off",
    spec: GROW,
    outputs: { disk_id: disk(DISK.buildOld), path: DISK.buildOld, size_gb: 100 },
    changes: { [`file:${DISK.buildOld}`]: grown(100, 27) },
  },
  {
    call: "disk/update",
    title: "grows a disk on the SCSI controller of a VM that runs",
    spec: { vm_id: "vm:sql01", disk_id: disk(DISK.sql01Second), size_gb: 501 },
    outputs: { disk_id: disk(DISK.sql01Second), path: DISK.sql01Second, size_gb: 501 },
    changes: { [`file:${DISK.sql01Second}`]: grown(501, 212) },
  },
  {
    call: "disk/update",
    title: "grows a fixed disk, which takes the room at once",
    given: (world) => {
      const host = world.host();
      newVhd(host, { path: `${SILVER}\\build-old\\fixed.vhdx`, virtualBytes: GIBIBYTE, type: "fixed" });
      addHardDiskDrive(host, world.vm("build-old"), `${SILVER}\\build-old\\fixed.vhdx`);
    },
    spec: { ...GROW, disk_id: disk(`${SILVER}\\build-old\\fixed.vhdx`), size_gb: 3 },
    outputs: {
      disk_id: disk(`${SILVER}\\build-old\\fixed.vhdx`),
      path: `${SILVER}\\build-old\\fixed.vhdx`,
      size_gb: 3,
    },
    changes: { [`file:${SILVER}\\build-old\\fixed.vhdx`]: grown(3, 3, "fixed") },
  },
  {
    call: "disk/update",
    title: "to the size that it has succeeds",
    spec: { ...GROW, size_gb: 60 },
    outputs: { disk_id: disk(DISK.buildOld), path: DISK.buildOld, size_gb: 60 },
  },
  {
    call: "disk/update",
    title: "leaves the marker of a deployment as it is",
    context: step(2),
    given: (world) => {
      world.vm("build-old").notes = marker(1);
    },
    spec: GROW,
    outputs: { disk_id: disk(DISK.buildOld), path: DISK.buildOld, size_gb: 100 },
    changes: { [`file:${DISK.buildOld}`]: grown(100, 27) },
  },
  {
    call: "disk/update",
    title: "refuses to shrink a disk",
    spec: { ...GROW, size_gb: 59 },
    fails: { code: "disk_would_shrink", target: "size_gb" },
  },
  {
    call: "disk/update",
    title: "refuses a disk that stands on a checkpoint",
    given: (world) => addCheckpoint(world.host(), world.vm("build-old"), "Before"),
    spec: GROW,
    fails: { code: "vm_has_checkpoints", target: "disk_id" },
  },
  {
    call: "disk/update",
    title: "refuses a disk on an IDE controller while the VM runs",
    given: (world) => oldVm(world, "running"),
    spec: { vm_id: "vm:old", disk_id: disk(`${GOLD}\\old\\old.vhdx`), size_gb: 2 },
    fails: { code: "vm_not_off", target: "disk_id" },
  },
  {
    call: "disk/update",
    title: "refuses a disk of a VM that is paused",
    given: (world) => {
      world.vm("dc01").state = "paused";
    },
    spec: { vm_id: "vm:dc01", disk_id: disk(DISK.dc01), size_gb: 90 },
    fails: { code: "vm_not_off", target: "disk_id" },
  },
  {
    call: "disk/update",
    title: "refuses a fixed disk for whose growth there is no room",
    given: (world) => {
      const host = world.host();
      newVhd(host, { path: `${SILVER}\\build-old\\fixed.vhdx`, virtualBytes: GIBIBYTE, type: "fixed" });
      addHardDiskDrive(host, world.vm("build-old"), `${SILVER}\\build-old\\fixed.vhdx`);
    },
    spec: { ...GROW, disk_id: disk(`${SILVER}\\build-old\\fixed.vhdx`), size_gb: 5000 },
    fails: { code: "storage_full", target: "size_gb" },
  },
  ...diskNotFound("disk/update", GROW),
  ...vmNotFound("disk/update", { ...GROW, disk_id: NOBODY }),
  ...invalid("disk/update", GROW, [
    ["vm_id", ""],
    ["disk_id", "first"],
    ["size_gb", undefined],
    ["size_gb", 60.5],
  ]),
];

function diskNotFound(call: Scenario["call"], spec: Record<string, unknown>): Scenario[] {
  const fails = { code: "disk_not_found", target: "disk_id" };
  return [
    { call, title: "a disk that does not exist is not found", spec: { ...spec, disk_id: NOBODY }, fails },
    { call, title: "a disk of another VM is not found", spec: { ...spec, disk_id: disk(DISK.dc01) }, fails },
  ];
}

const KEEP = { vm_id: "vm:build-old", disk_id: disk(DISK.buildOld), delete_file: false };
const DELETE = { ...KEEP, delete_file: true };
const DETACHED = {
  "vm:build-old.disks": [],
  "vm:build-old.boot_order": ["nic:nic:build-old/Network Adapter"],
};

export const DISK_DELETE: Scenario[] = [
  {
    call: "disk/delete",
    title: "detaches a disk and keeps its file",
    spec: KEEP,
    outputs: { path: DISK.buildOld, deleted: false },
    changes: DETACHED,
  },
  {
    call: "disk/delete",
    title: "detaches a disk and deletes its file",
    spec: DELETE,
    outputs: { path: DISK.buildOld, deleted: true },
    changes: { ...DETACHED, [`file:${DISK.buildOld}`]: null },
  },
  {
    call: "disk/delete",
    title: "takes one of two disks from a VM that runs",
    spec: { vm_id: "vm:sql01", disk_id: disk(DISK.sql01Second), delete_file: true },
    outputs: { path: DISK.sql01Second, deleted: true },
    changes: {
      [`file:${DISK.sql01Second}`]: null,
      "vm:sql01.disks": [DISK.sql01],
      "vm:sql01.boot_order": [`disk:${DISK.sql01.toLowerCase()}`, "nic:nic:sql01/Network Adapter"],
    },
  },
  {
    call: "disk/delete",
    title: "detaches a disk that lies anywhere, where its file is kept",
    given: (world) => stray(world, "C:\\Elsewhere\\data.vhdx"),
    spec: { ...KEEP, disk_id: disk("C:\\Elsewhere\\data.vhdx") },
    outputs: { path: "C:\\Elsewhere\\data.vhdx", deleted: false },
    changes: {
      "vm:build-old.disks": [DISK.buildOld],
      "vm:build-old.boot_order": [`disk:${DISK.buildOld.toLowerCase()}`, "nic:nic:build-old/Network Adapter"],
    },
  },
  {
    call: "disk/delete",
    title: "refuses to delete a file outside the configured paths",
    given: (world) => stray(world, "C:\\Elsewhere\\data.vhdx"),
    spec: { ...DELETE, disk_id: disk("C:\\Elsewhere\\data.vhdx") },
    fails: { code: "file_outside_configured_paths", target: "delete_file" },
  },
  {
    call: "disk/delete",
    title: "refuses to delete a file that is an image of the host's",
    given: (world) => {
      const { images } = JSON.parse(world.host().hostResources ?? "");
      world.resources({ images: [...images, { name: "Master", path: DISK.buildOld }] });
    },
    spec: DELETE,
    fails: { code: "file_not_owned", target: "delete_file" },
  },
  {
    call: "disk/delete",
    title: "refuses a disk that stands on a checkpoint",
    given: (world) => addCheckpoint(world.host(), world.vm("build-old"), "Before"),
    spec: KEEP,
    fails: { code: "vm_has_checkpoints", target: "disk_id" },
  },
  {
    call: "disk/delete",
    title: "refuses a disk on an IDE controller while the VM runs",
    given: (world) => oldVm(world, "running"),
    spec: { vm_id: "vm:old", disk_id: disk(`${GOLD}\\old\\old.vhdx`), delete_file: false },
    fails: { code: "vm_not_off", target: "disk_id" },
  },
  {
    call: "disk/delete",
    title: "tells of a file that could not be deleted once it was detached",
    given: (world) => world.fault({ kind: "file_locked", path: DISK.buildOld, times: null }),
    spec: DELETE,
    fails: { code: "files_left", target: null, message: /build-old\.vhdx/ },
    streams: ["warning"],
    changes: DETACHED,
  },
  ...hostResources({ call: "disk/delete", spec: DELETE }),
  ...diskNotFound("disk/delete", DELETE),
  ...vmNotFound("disk/delete", { ...DELETE, disk_id: NOBODY }),
  ...invalid("disk/delete", KEEP, [
    ["vm_id", 1],
    ["disk_id", undefined],
    ["delete_file", undefined],
    ["delete_file", "no"],
  ]),
];

function stray(world: World, path: string): void {
  newVhd(world.host(), { path, virtualBytes: GIBIBYTE, type: "dynamic" });
  addHardDiskDrive(world.host(), world.vm("build-old"), path);
}

export const DISK_READ: Scenario[] = [
  {
    call: "disk/read",
    title: "lists the disks of a VM",
    spec: { vm_id: "vm:sql01" },
    outputs: {
      disks: [
        {
          disk_id: disk(DISK.sql01),
          path: DISK.sql01,
          size_bytes: 100 * GIBIBYTE,
          file_bytes: 48 * GIBIBYTE,
        },
        {
          disk_id: disk(DISK.sql01Second),
          path: DISK.sql01Second,
          size_bytes: 500 * GIBIBYTE,
          file_bytes: 212 * GIBIBYTE,
        },
      ],
    },
  },
  {
    call: "disk/read",
    title: "keeps the path of a file that cannot be read",
    given: (world) => {
      for (const { files } of world.host().volumes) files.delete(DISK.sql01.toLowerCase());
    },
    spec: { vm_id: "vm:sql01" },
    outputs: {
      disks: [
        { disk_id: null, path: DISK.sql01, size_bytes: null, file_bytes: null },
        {
          disk_id: disk(DISK.sql01Second),
          path: DISK.sql01Second,
          size_bytes: 500 * GIBIBYTE,
          file_bytes: 212 * GIBIBYTE,
        },
      ],
    },
  },
  {
    call: "disk/read",
    title: "gives an empty list for a VM without disks, and for one disk a list too",
    given: (world) => {
      const vm = world.vm("build-old");
      vm.hardDiskDrives = [];
    },
    spec: { vm_id: "vm:build-old" },
    outputs: { disks: [] },
  },
  {
    call: "disk/read",
    title: "gives a list for one disk",
    spec: { vm_id: "vm:build-old" },
    outputs: {
      disks: [
        {
          disk_id: disk(DISK.buildOld),
          path: DISK.buildOld,
          size_bytes: 60 * GIBIBYTE,
          file_bytes: 27 * GIBIBYTE,
        },
      ],
    },
  },
  ...vmNotFound("disk/read"),
  ...invalid("disk/read", {}, [["vm_id", undefined]]),
];
