import { addCheckpoint } from "@/simulator/host/checkpoints";
import { addHardDiskDrive } from "@/simulator/host/drives";
import { getVhd, newDifferencingVhd, newVhd } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { disk, diskNotFound, oldVm } from "./disk-parts";
import { copiedByHand, HV02, ownership } from "./file-ownership";
import { DISK, GIBIBYTE, GOLD, hostResources, invalid, NOBODY, SILVER, vmNotFound } from "./parts";

const KEEP = { vm_id: "vm:build-old", disk_id: disk(DISK.buildOld), delete_file: false };
const DELETE = { ...KEEP, delete_file: true, other_nodes: [HV02] };
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
    spec: { vm_id: "vm:sql01", disk_id: disk(DISK.sql01Second), delete_file: true, other_nodes: [HV02] },
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
  ...ownership("disk/delete", DELETE, "delete_file"),
  {
    call: "disk/delete",
    title: "refuses to delete what another disk of the same VM stands on",
    given: (world) => {
      const path = `${SILVER}\\build-old\\differencing.vhdx`;
      newDifferencingVhd(world.host(), getVhd(world.host(), DISK.buildOld), path);
      addHardDiskDrive(world.host(), world.vm("build-old"), path);
    },
    spec: DELETE,
    fails: {
      code: "file_not_owned",
      target: "delete_file",
      message: /differencing\.vhdx of the VM build-old/,
    },
  },
  {
    call: "disk/delete",
    title: "deletes a disk of which another VM has a copy that kept its identifier",
    given: copiedByHand,
    spec: DELETE,
    outputs: { path: DISK.buildOld, deleted: true },
    changes: { ...DETACHED, [`file:${DISK.buildOld}`]: null },
  },
  ...hostResources({ call: "disk/delete", spec: DELETE }),
  ...diskNotFound("disk/delete", DELETE),
  ...vmNotFound("disk/delete", { ...DELETE, disk_id: NOBODY }),
  ...invalid("disk/delete", DELETE, [["other_nodes", [{ node: "HV02", files: [{ path: 1 }] }]]]),
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
