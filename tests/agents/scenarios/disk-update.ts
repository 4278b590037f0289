import { addCheckpoint } from "@/simulator/host/checkpoints";
import { addHardDiskDrive } from "@/simulator/host/drives";
import { newVhd } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import { disk, diskNotFound, oldVm } from "./disk-parts";
import { DISK, GIBIBYTE, GOLD, invalid, marker, NOBODY, SILVER, step, vmNotFound } from "./parts";

function grown(sizeGb: number, fileGb: number, type = "dynamic") {
  return {
    virtual_bytes: sizeGb * GIBIBYTE,
    file_bytes: fileGb * GIBIBYTE,
    type,
    parent: null,
    copy_of: null,
  };
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
