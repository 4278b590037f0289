import { addHardDiskDrive } from "@/simulator/host/drives";
import { beginCopy, growFile, newVhd } from "@/simulator/host/storage";
import { newVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { HV02 } from "./file-ownership";
import {
  DISK,
  GIBIBYTE,
  GOLD,
  hostResources,
  IMAGES,
  invalid,
  marker,
  SILVER,
  step,
  vmNotFound,
} from "./parts";

const PATH = `${GOLD}\\web02\\web02.vhdx`;
const EMPTY_BYTES = 4 * 2 ** 20;

/** A VM without disks. */
function blank(world: World): void {
  const vm = newVm(world.host(), { name: "web02", memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\web02` });
  vm.adapters = [];
  vm.bootOrder = [];
}

/** Hyper-V takes it for a name. */
const STRAY = "..\\..\\stray";

const SPEC = { vm_id: "vm:web02", size_gb: 30, storage_type: "dynamic" };
const LINUX_GUEST = { os_family: "linux", applied: null };

function file(sizeGb: number, fileBytes: number, type = "dynamic") {
  return { virtual_bytes: sizeGb * GIBIBYTE, file_bytes: fileBytes, type, parent: null, copy_of: null };
}

function created(path: string, sizeGb: number) {
  return { disk_id: `disk:${path}`, path, size_gb: sizeGb };
}

const CONTINUED = {
  ...SPEC,
  image_name: "Ubuntu 24.04",
  storage_class: "gold",
  deployment_id: "deployment-1",
  other_nodes: [HV02],
};
const HALF = `${SILVER}\\web02\\web02.vhdx`;

/** A VM whose unfinished deployment has named its disk. */
function named(world: World, path = HALF): void {
  blank(world);
  world.vm("web02").notes = marker(2, `,"disk_path":${JSON.stringify(path)}`);
}

/** The same, with half of the copy. */
function halfMade(world: World, path = HALF): void {
  named(world, path);
  growFile(world.host(), beginCopy(world.host(), path), GIBIBYTE);
}

/** What the next try makes of it. */
const CONTINUATION = {
  [`file:${PATH}`]: file(30, 3 * GIBIBYTE),
  "vm:web02.disks": [PATH],
  "vm:web02.boot_order": [`disk:${PATH.toLowerCase()}`],
  "vm:web02.guest": LINUX_GUEST,
};
const NOTED = { "vm:web02.notes": marker(2, `,"disk_path":${JSON.stringify(PATH)}`) };

export const DISK_CREATE: Scenario[] = [
  {
    call: "disk/create",
    title: "clones an image with progress, grows it, and boots from it",
    given: blank,
    spec: { ...SPEC, image_name: "ubuntu 24.04", storage_class: "GOLD" },
    outputs: created(PATH, 30),
    streams: ["progress"],
    changes: {
      [`file:${PATH}`]: file(30, 3 * GIBIBYTE),
      "vm:web02.disks": [PATH],
      "vm:web02.boot_order": [`disk:${PATH.toLowerCase()}`],
      "vm:web02.guest": LINUX_GUEST,
    },
  },
  {
    call: "disk/create",
    title: "clones an image of exactly the size that is asked for",
    given: blank,
    spec: { ...SPEC, size_gb: 20, image_name: "Ubuntu 24.04" },
    outputs: created(PATH, 20),
    streams: ["progress"],
    changes: {
      [`file:${PATH}`]: file(20, 3 * GIBIBYTE),
      "vm:web02.disks": [PATH],
      "vm:web02.boot_order": [`disk:${PATH.toLowerCase()}`],
      "vm:web02.guest": LINUX_GUEST,
    },
  },
  {
    call: "disk/create",
    title: "converts an image for a fixed disk",
    given: blank,
    spec: {
      ...SPEC,
      size_gb: 25,
      storage_type: "fixed",
      image_name: "Ubuntu 24.04",
      storage_class: "silver",
    },
    outputs: created(`${SILVER}\\web02\\web02.vhdx`, 25),
    changes: {
      [`file:${SILVER}\\web02\\web02.vhdx`]: file(25, 25 * GIBIBYTE, "fixed"),
      "vm:web02.disks": [`${SILVER}\\web02\\web02.vhdx`],
      "vm:web02.boot_order": [`disk:${SILVER.toLowerCase()}\\web02\\web02.vhdx`],
      "vm:web02.guest": LINUX_GUEST,
    },
  },
  {
    call: "disk/create",
    title: "without an image and a storage class makes a blank disk in the first class",
    given: blank,
    spec: { ...SPEC, size_gb: 5 },
    outputs: created(PATH, 5),
    changes: {
      [`file:${PATH}`]: file(5, EMPTY_BYTES),
      "vm:web02.disks": [PATH],
      "vm:web02.boot_order": [`disk:${PATH.toLowerCase()}`],
    },
  },
  {
    call: "disk/create",
    title: "numbers a further disk, adds it to a VM that runs, and leaves the boot order alone",
    spec: { ...SPEC, vm_id: "vm:dc01", size_gb: 7, storage_type: "fixed" },
    outputs: created(`${GOLD}\\dc01\\dc01-2.vhdx`, 7),
    changes: {
      [`file:${GOLD}\\dc01\\dc01-2.vhdx`]: file(7, 7 * GIBIBYTE, "fixed"),
      "vm:dc01.disks": [DISK.dc01, `${GOLD}\\dc01\\dc01-2.vhdx`],
      "vm:dc01.boot_order": [
        `disk:${DISK.dc01.toLowerCase()}`,
        "nic:nic:dc01/Network Adapter",
        `disk:${GOLD.toLowerCase()}\\dc01\\dc01-2.vhdx`,
      ],
    },
  },
  {
    call: "disk/create",
    title: "within a deployment writes the path into the Notes, beside what stands there",
    context: step(2),
    given: (world) => {
      blank(world);
      world.vm("web02").notes = `Mine.\n${marker(1)}`;
    },
    spec: { ...SPEC, size_gb: 5 },
    outputs: created(PATH, 5),
    changes: {
      [`file:${PATH}`]: file(5, EMPTY_BYTES),
      "vm:web02.disks": [PATH],
      "vm:web02.boot_order": [`disk:${PATH.toLowerCase()}`],
      "vm:web02.notes": `Mine.\n${marker(2, `,"disk_path":${JSON.stringify(PATH)}`)}`,
    },
  },
  {
    call: "disk/create",
    title: "replaces the half of a copy that an unfinished deployment left at the same place",
    context: step(2),
    given: (world) => halfMade(world, PATH),
    spec: CONTINUED,
    outputs: created(PATH, 30),
    streams: ["progress"],
    changes: CONTINUATION,
  },
  {
    call: "disk/create",
    title: "takes away the half of a copy that an unfinished deployment left in another storage class",
    context: step(2),
    given: halfMade,
    spec: CONTINUED,
    outputs: created(PATH, 30),
    streams: ["progress"],
    changes: { ...CONTINUATION, ...NOTED, [`file:${HALF}`]: null },
  },
  {
    call: "disk/create",
    title: "needs nothing replaced where the unfinished deployment had not come to the file",
    context: step(2),
    given: named,
    spec: CONTINUED,
    outputs: created(PATH, 30),
    streams: ["progress"],
    changes: { ...CONTINUATION, ...NOTED },
  },
  {
    call: "disk/create",
    title: "makes no second disk where the unfinished deployment's was finished after all",
    context: step(2),
    given: (world) => {
      named(world, PATH);
      newVhd(world.host(), { path: PATH, virtualBytes: GIBIBYTE, type: "dynamic" });
      addHardDiskDrive(world.host(), world.vm("web02"), PATH);
    },
    spec: CONTINUED,
    fails: { code: "deployment_changed", target: "deployment_id", message: /by now/ },
  },
  {
    call: "disk/create",
    title: "refuses a VM of another deployment, and touches nothing that it has left",
    context: step(2),
    given: halfMade,
    spec: { ...CONTINUED, deployment_id: "deployment-2" },
    fails: { code: "deployment_changed", target: "deployment_id" },
  },
  {
    call: "disk/create",
    title: "replaces no file that another VM has in a drive",
    context: step(2),
    given: (world) => {
      named(world);
      newVhd(world.host(), { path: HALF, virtualBytes: GIBIBYTE, type: "dynamic" });
      addHardDiskDrive(world.host(), world.vm("dc01"), HALF);
    },
    spec: CONTINUED,
    fails: { code: "file_not_owned", target: "deployment_id", message: /dc01/ },
  },
  {
    call: "disk/create",
    title: "replaces no file on shared storage while a node of the cluster was not asked",
    context: step(2),
    given: halfMade,
    spec: { ...CONTINUED, other_nodes: [] },
    fails: { code: "file_users_unknown", target: "deployment_id" },
  },
  {
    call: "disk/create",
    title: "replaces no file outside the configured folders, whatever the marker names",
    context: step(2),
    given: (world) => halfMade(world, "C:\\ClusterStorage\\Volume1\\web02.vhdx"),
    spec: CONTINUED,
    fails: { code: "file_outside_configured_paths", target: "deployment_id" },
  },
  {
    call: "disk/create",
    title: "begins nothing where the half of a copy is held open",
    context: step(2),
    given: (world) => {
      halfMade(world);
      world.fault({ kind: "file_locked", path: HALF, times: null });
    },
    spec: CONTINUED,
    streams: ["warning"],
    fails: { code: "files_left", target: "deployment_id" },
  },
  {
    call: "disk/create",
    title: "finds the images of the shared volumes where the resources list none",
    given: (world) => {
      blank(world);
      world.resources({ images: undefined });
    },
    spec: { ...SPEC, image_name: "debian-12" },
    outputs: created(PATH, 30),
    streams: ["progress"],
    changes: {
      [`file:${PATH}`]: file(30, 2 * GIBIBYTE),
      "vm:web02.disks": [PATH],
      "vm:web02.boot_order": [`disk:${PATH.toLowerCase()}`],
      "vm:web02.guest": LINUX_GUEST,
    },
  },
  {
    call: "disk/create",
    title: "refuses a storage class that the host has not",
    given: blank,
    spec: { ...SPEC, storage_class: "bronze" },
    fails: { code: "storage_class_not_found", target: "storage_class" },
  },
  {
    call: "disk/create",
    title: "refuses when the host has no storage class at all",
    given: (world) => {
      blank(world);
      world.resources({ storage_classes: [] });
    },
    spec: SPEC,
    fails: { code: "storage_class_not_found", target: "storage_class" },
  },
  {
    call: "disk/create",
    title: "refuses an image that the host has not",
    given: blank,
    spec: { ...SPEC, image_name: "BeOS" },
    fails: { code: "image_not_found", target: "image_name" },
  },
  {
    call: "disk/create",
    title: "refuses an image whose file is missing",
    given: (world) => {
      blank(world);
      for (const { files } of world.host().volumes) files.delete(`${IMAGES}\\debian-12.vhdx`.toLowerCase());
    },
    spec: { ...SPEC, image_name: "Debian 12" },
    fails: { code: "image_not_found", target: "image_name" },
  },
  {
    call: "disk/create",
    title: "refuses a disk that is smaller than its image",
    given: blank,
    spec: { ...SPEC, size_gb: 19, image_name: "Ubuntu 24.04" },
    fails: { code: "disk_smaller_than_image", target: "size_gb" },
  },
  {
    call: "disk/create",
    title: "refuses a fixed disk for which there is no room",
    given: blank,
    spec: { ...SPEC, size_gb: 5000, storage_type: "fixed" },
    fails: { code: "storage_full", target: "storage_class" },
  },
  {
    call: "disk/create",
    title: "refuses an image for which there is no room, before it copies",
    given: (world) => {
      blank(world);
      for (const volume of world.host().volumes) volume.otherBytes = volume.capacityBytes - 220 * GIBIBYTE;
    },
    spec: { ...SPEC, size_gb: 60, image_name: "Windows Server 2025" },
    fails: { code: "storage_full", target: "storage_class" },
  },
  {
    call: "disk/create",
    title: "takes its half-written file away when the volume runs full during the copy",
    given: (world) => {
      blank(world);
      world.fault({ kind: "volume_full", path: "C:\\ClusterStorage\\Volume1" });
    },
    spec: { ...SPEC, image_name: "Debian 12" },
    fails: { code: "storage_full", target: "storage_class" },
    streams: ["progress"],
  },
  {
    call: "disk/create",
    title: "refuses to write over a file that is there, in whatever case its name is",
    given: (world) => {
      blank(world);
      newVhd(world.host(), { path: `${GOLD}\\web02\\WEB02.vhdx`, virtualBytes: GIBIBYTE, type: "dynamic" });
    },
    spec: SPEC,
    fails: { code: "disk_exists", target: null },
  },
  {
    call: "disk/create",
    title: "fails with Hyper-V's words where the controller takes no more disks",
    given: (world) => {
      blank(world);
      const [host, vm] = [world.host(), world.vm("web02")];
      for (let number = 0; number < 256; number += 1) {
        const path = `${SILVER}\\full\\${number}.vhdx`;
        newVhd(host, { path, virtualBytes: GIBIBYTE, type: "dynamic" });
        addHardDiskDrive(host, vm, path);
      }
    },
    spec: { ...SPEC, size_gb: 5 },
    fails: { code: "hyperv_error", target: null },
    // The disk is there, and not attached: the sentence says so.
    changes: { [`file:${PATH}`]: file(5, EMPTY_BYTES) },
  },
  {
    call: "disk/create",
    title: "refuses a VM whose name would lead out of the storage class",
    given: (world) => {
      newVm(world.host(), { name: STRAY, memoryStartupBytes: GIBIBYTE, path: `${GOLD}\\stray` });
    },
    spec: { ...SPEC, vm_id: `vm:${STRAY}` },
    fails: { code: "invalid_request", target: "vm_id" },
  },
  ...hostResources({ call: "disk/create", spec: SPEC, given: blank }),
  ...vmNotFound("disk/create", SPEC),
  ...invalid("disk/create", { ...SPEC, vm_id: "vm:build-old" }, [
    ["vm_id", true],
    ["size_gb", "30"],
    ["size_gb", undefined],
    ["storage_type", undefined],
    ["storage_type", "Dynamic"],
    ["storage_class", 7],
    ["image_name", {}],
  ]),
];
