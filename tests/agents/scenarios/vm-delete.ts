import { addAdapter } from "@/simulator/host/adapters";
import { addCheckpoint } from "@/simulator/host/checkpoints";
import { addDvdDrive, addHardDiskDrive } from "@/simulator/host/drives";
import { addMedia, beginCopy, getVhd, growFile, newDifferencingVhd, newVhd } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import type { FlatState } from "../support/state";
import type { World } from "../support/world";
import {
  copiedByHand,
  HV02,
  OWN_DRIVE,
  onOwnDrive,
  ownership,
  sharedMedia,
  throughJunction,
} from "./file-ownership";
import {
  COMPLETED,
  DISK,
  GIBIBYTE,
  GOLD,
  hostResources,
  invalid,
  LOCAL,
  marker,
  SILVER,
  vmNotFound,
} from "./parts";

/** A VM's part of the state when it is gone. */
function goneVm(name: string): FlatState {
  const fields = [
    ...[
      "host",
      "vm_name",
      "state",
      "generation",
      "processor_count",
      "memory_startup_bytes",
      "dynamic_memory",
    ],
    ...[
      "notes",
      "secure_boot",
      "path",
      "activity",
      "clustered",
      "cluster_role",
      "boot_order",
      "disks",
      "dvds",
      "checkpoints",
      "adapters",
    ],
  ];
  return Object.fromEntries([...fields, "guest"].map((field) => [`vm:${name}.${field}`, null]));
}

/** Puts a second disk into the VM, at any path. */
function secondDisk(world: World, name: string, path: string, host = "hv01"): void {
  newVhd(world.host(host), { path, virtualBytes: GIBIBYTE, type: "dynamic" });
  addHardDiskDrive(world.host(host), world.vm(name), path);
}

const DIFFERENCING = `${SILVER}\\build-old\\differencing.vhdx`;
const SHARE = "\\\\files\\Hyper-V";

const KEEP = { vm_id: "vm:build-old", delete_files: false };
const DELETE = { vm_id: "vm:build-old", delete_files: true, other_nodes: [HV02] };

const LEFT = `${SILVER}\\build-old\\half.vhdx`;
const REMOVE = { ...DELETE, deployment_id: "deployment-1" };

/** build-old is what an unfinished deployment left, without a disk. */
function leftUnfinished(world: World): void {
  const vm = world.vm("build-old");
  vm.notes = marker(2, `,"disk_path":${JSON.stringify(LEFT)}`);
  vm.hardDiskDrives = [];
  vm.bootOrder = [];
}

export const VM_DELETE: Scenario[] = [
  {
    call: "vm/delete",
    title: "takes away what an unfinished deployment left, the half of a copied disk too",
    given: (world) => {
      leftUnfinished(world);
      growFile(world.host(), beginCopy(world.host(), LEFT), 1024);
    },
    spec: REMOVE,
    outputs: { deleted_files: [LEFT], kept_files: [] },
    changes: { ...goneVm("build-old"), [`file:${LEFT}`]: null },
  },
  {
    call: "vm/delete",
    title: "takes away an unfinished deployment that had not come to its disk's file",
    given: leftUnfinished,
    spec: REMOVE,
    outputs: { deleted_files: [], kept_files: [] },
    changes: goneVm("build-old"),
  },
  {
    call: "vm/delete",
    title: "takes away an unfinished deployment with its disk",
    given: (world) => {
      world.vm("build-old").notes = marker(3, `,"disk_path":${JSON.stringify(DISK.buildOld)}`);
    },
    spec: REMOVE,
    outputs: { deleted_files: [DISK.buildOld], kept_files: [] },
    changes: { ...goneVm("build-old"), [`file:${DISK.buildOld}`]: null },
  },
  {
    call: "vm/delete",
    title: "refuses a VM with a disk that its deployment did not make",
    given: (world) => {
      world.vm("build-old").notes = marker(3, `,"disk_path":${JSON.stringify(LEFT)}`);
    },
    spec: REMOVE,
    fails: { code: "deployment_changed", target: "deployment_id", message: /build-old\.vhdx/ },
  },
  {
    call: "vm/delete",
    title: "refuses a VM of another deployment",
    given: leftUnfinished,
    spec: { ...REMOVE, deployment_id: "deployment-2" },
    fails: { code: "deployment_changed", target: "deployment_id" },
  },
  {
    call: "vm/delete",
    title: "refuses a VM whose deployment is complete",
    given: (world) => {
      world.vm("build-old").notes = COMPLETED;
    },
    spec: REMOVE,
    fails: { code: "deployment_changed", target: "deployment_id" },
  },
  {
    call: "vm/delete",
    title: "keeps a half-made file that another VM has in a drive",
    given: (world) => {
      leftUnfinished(world);
      secondDisk(world, "dc01", LEFT);
    },
    spec: REMOVE,
    fails: { code: "file_not_owned", target: "delete_files", message: /dc01/ },
  },
  {
    call: "vm/delete",
    title: "takes a clustered VM away and keeps its files",
    spec: KEEP,
    outputs: { deleted_files: [], kept_files: [DISK.buildOld] },
    changes: goneVm("build-old"),
  },
  {
    call: "vm/delete",
    title: "takes a VM away with its files",
    spec: DELETE,
    outputs: { deleted_files: [DISK.buildOld], kept_files: [] },
    changes: { ...goneVm("build-old"), [`file:${DISK.buildOld}`]: null },
  },
  {
    call: "vm/delete",
    title: "turns a VM off first where it is told to, and deletes disks of several storage classes",
    spec: { vm_id: "vm:sql01", delete_files: true, turn_off: true, other_nodes: [HV02] },
    outputs: { deleted_files: [DISK.sql01, DISK.sql01Second], kept_files: [] },
    changes: {
      ...goneVm("sql01"),
      [`file:${DISK.sql01}`]: null,
      [`file:${DISK.sql01Second}`]: null,
    },
  },
  {
    call: "vm/delete",
    title: "takes away a VM without disks on a host of its own",
    host: "hv03",
    given: (world) => {
      const vm = world.vm("test-debian");
      vm.hardDiskDrives = [];
      vm.bootOrder = [];
      addAdapter(vm, "Second");
    },
    spec: { vm_id: "vm:test-debian", delete_files: true },
    outputs: { deleted_files: [], kept_files: [] },
    changes: goneVm("test-debian"),
  },
  {
    call: "vm/delete",
    title: "deletes the VM's copy of the provisioning media, and no other ISO",
    host: "hv03",
    given: (world) => {
      const [host, vm] = [world.host("hv03"), world.vm("test-debian")];
      const own = `${vm.path}\\provisioning-${vm.id}.iso`;
      addMedia(host, own, 1024);
      addDvdDrive(host, vm, own);
      addMedia(host, "D:\\ISO\\tools.iso", 1024);
      addDvdDrive(host, vm, "D:\\ISO\\tools.iso");
    },
    spec: { vm_id: "vm:test-debian", delete_files: true },
    outputs: {
      deleted_files: [DISK.testDebian, `${LOCAL}\\test-debian\\provisioning-vm:test-debian.iso`],
      kept_files: [],
    },
    changes: {
      ...goneVm("test-debian"),
      [`hv03 file:${DISK.testDebian}`]: null,
      [`hv03 media:${LOCAL}\\test-debian\\provisioning-vm:test-debian.iso`]: null,
    },
  },
  {
    call: "vm/delete",
    title: "refuses a VM that runs",
    spec: { vm_id: "vm:dc01", delete_files: false },
    fails: { code: "vm_not_off", target: "vm_id" },
  },
  {
    call: "vm/delete",
    title: "refuses a VM with checkpoints",
    given: (world) => addCheckpoint(world.host(), world.vm("build-old"), "Before the update"),
    spec: KEEP,
    fails: { code: "vm_has_checkpoints", target: "vm_id" },
  },
  {
    call: "vm/delete",
    title: "refuses to delete a file outside the configured paths",
    given: (world) => secondDisk(world, "build-old", "C:\\Elsewhere\\data.vhdx"),
    spec: DELETE,
    fails: { code: "file_outside_configured_paths", target: "delete_files", message: /Elsewhere/ },
  },
  {
    call: "vm/delete",
    title: "is not fooled by a path that only looks as if it lay under a configured one",
    given: (world) => secondDisk(world, "build-old", `${GOLD}-old\\data.vhdx`),
    spec: DELETE,
    fails: { code: "file_outside_configured_paths", target: "delete_files" },
  },
  {
    call: "vm/delete",
    title: "is not fooled by a path with .. in it",
    given: (world) => {
      secondDisk(world, "build-old", "C:\\ClusterStorage\\Volume1\\data.vhdx");
      const drive = world.vm("build-old").hardDiskDrives.at(-1);
      if (drive !== undefined) drive.path = `${GOLD}\\..\\data.vhdx`;
    },
    spec: DELETE,
    fails: { code: "file_outside_configured_paths", target: "delete_files" },
  },
  {
    call: "vm/delete",
    title: "refuses to delete a file that another VM of the host has attached",
    given: (world) => {
      const other = world.vm("dc01").hardDiskDrives;
      const [drive] = world.vm("build-old").hardDiskDrives;
      if (drive !== undefined) other.push({ ...drive, controllerLocation: 5 });
    },
    spec: DELETE,
    fails: { code: "file_not_owned", target: "delete_files" },
  },
  {
    call: "vm/delete",
    title: "refuses to delete an image of the host's",
    given: (world) => {
      const path = `${SILVER}\\build-old\\master.vhdx`;
      secondDisk(world, "build-old", path);
      const { images } = JSON.parse(world.host().hostResources ?? "");
      world.resources({ images: [...images, { name: "Master", path: path.toUpperCase() }] });
    },
    spec: DELETE,
    fails: { code: "file_not_owned", target: "delete_files" },
  },
  {
    call: "vm/delete",
    title: "tells of a file that could not be deleted once the VM was gone",
    given: (world) => world.fault({ kind: "file_locked", path: DISK.buildOld, times: null }),
    spec: DELETE,
    fails: { code: "files_left", target: null, message: /build-old\.vhdx/ },
    streams: ["warning"],
    changes: goneVm("build-old"),
  },
  {
    call: "vm/delete",
    title: "keeps files that it could not delete anyway",
    given: (world) => secondDisk(world, "build-old", "C:\\Elsewhere\\data.vhdx"),
    spec: KEEP,
    outputs: { deleted_files: [], kept_files: [DISK.buildOld, "C:\\Elsewhere\\data.vhdx"] },
    changes: goneVm("build-old"),
  },
  ...ownership("vm/delete", DELETE, "delete_files"),
  {
    call: "vm/delete",
    title: "refuses to delete the copy of the provisioning media that another VM has in its drive",
    given: sharedMedia,
    spec: DELETE,
    fails: { code: "file_not_owned", target: "delete_files", message: /the VM dc01 on HV01/ },
  },
  {
    call: "vm/delete",
    title: "deletes a disk of which another VM has a copy that kept its identifier",
    given: copiedByHand,
    spec: DELETE,
    outputs: { deleted_files: [DISK.buildOld], kept_files: [] },
    changes: { ...goneVm("build-old"), [`file:${DISK.buildOld}`]: null },
  },
  {
    call: "vm/delete",
    title: "deletes a disk and its parent where both are in the VM's drives",
    given: (world) => {
      newDifferencingVhd(world.host(), getVhd(world.host(), DISK.buildOld), DIFFERENCING);
      addHardDiskDrive(world.host(), world.vm("build-old"), DIFFERENCING);
    },
    spec: DELETE,
    outputs: { deleted_files: [DISK.buildOld, DIFFERENCING], kept_files: [] },
    changes: {
      ...goneVm("build-old"),
      [`file:${DISK.buildOld}`]: null,
      [`file:${DIFFERENCING}`]: null,
    },
  },
  {
    call: "vm/delete",
    title: "asks nobody about a file on a drive of the host's own",
    given: onOwnDrive,
    spec: { ...DELETE, other_nodes: undefined },
    outputs: { deleted_files: [`${OWN_DRIVE}\\build-old\\own.vhdx`], kept_files: [] },
    changes: { ...goneVm("build-old"), [`hv01 file:${OWN_DRIVE}\\build-old\\own.vhdx`]: null },
  },
  {
    call: "vm/delete",
    title: "takes a folder for shared that a junction leads elsewhere",
    given: throughJunction,
    spec: { ...DELETE, other_nodes: [] },
    fails: { code: "file_users_unknown", target: "delete_files", message: /HV02/ },
  },
  {
    call: "vm/delete",
    title: "refuses to delete a file on another server, which any host can use",
    host: "hv03",
    given: (world) => {
      const [drive] = world.vm("test-debian").hardDiskDrives;
      if (drive !== undefined) drive.path = `${SHARE}\\test-debian.vhdx`;
      world.resources({ storage_classes: [{ name: "share", path: SHARE }] }, "hv03");
    },
    spec: { vm_id: "vm:test-debian", delete_files: true },
    fails: { code: "file_users_unknown", target: "delete_files", message: /on no volume/ },
  },
  ...hostResources({ call: "vm/delete", spec: DELETE }),
  ...vmNotFound("vm/delete", { delete_files: true }),
  ...invalid("vm/delete", DELETE, [
    ["vm_id", null],
    ["delete_files", undefined],
    ["delete_files", "true"],
    ["turn_off", 1],
    ["other_nodes", "HV02"],
    ["other_nodes", [{ node: "HV02" }]],
  ]),
];
