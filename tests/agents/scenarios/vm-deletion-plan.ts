import { expect } from "vitest";
import { addCheckpoint } from "@/simulator/host/checkpoints";
import { addDvdDrive, addHardDiskDrive } from "@/simulator/host/drives";
import { addMedia, newVhd, removeFile } from "@/simulator/host/storage";
import type { Scenario } from "../support/scenario";
import { HV02 } from "./file-ownership";
import { DISK, GIBIBYTE, invalid, LOCAL, SILVER, vmNotFound } from "./parts";

const call = "vm/deletion_plan";
const PLAN = { vm_id: "vm:build-old", other_nodes: [HV02] };
const BUILD_OLD = { checkpoints: 0, cluster_role: "build-old", state: "off" };
const SIZE = expect.any(Number);

function deletable(path: string, kind = "disk") {
  return { path, kind, size_bytes: SIZE, deletable: true, code: null, reason: null };
}

function kept(path: string, code: string, reason: RegExp, size: unknown = SIZE) {
  return {
    path,
    kind: "disk",
    size_bytes: size,
    deletable: false,
    code,
    reason: expect.stringMatching(reason),
  };
}

export const VM_DELETION_PLAN: Scenario[] = [
  {
    call,
    title: "lists the files that would go with a VM, and its role",
    spec: PLAN,
    outputs: { files: [deletable(DISK.buildOld)], ...BUILD_OLD },
  },
  {
    call,
    title: "tells of a VM that runs, with disks of several storage classes",
    spec: { ...PLAN, vm_id: "vm:sql01" },
    outputs: {
      files: [deletable(DISK.sql01), deletable(DISK.sql01Second)],
      checkpoints: 0,
      cluster_role: "sql01",
      state: "running",
    },
  },
  {
    call,
    title: "knows the VM's copy of the provisioning media from another ISO",
    host: "hv03",
    given: (world) => {
      const [host, vm] = [world.host("hv03"), world.vm("test-debian")];
      const own = `${vm.path}\\provisioning-${vm.id}.iso`;
      addMedia(host, own, 5_000_000);
      addDvdDrive(host, vm, own);
      addMedia(host, "D:\\ISO\\tools.iso", 1024);
      addDvdDrive(host, vm, "D:\\ISO\\tools.iso");
    },
    spec: { vm_id: "vm:test-debian" },
    outputs: {
      files: [
        deletable(DISK.testDebian),
        {
          ...deletable(`${LOCAL}\\test-debian\\provisioning-vm:test-debian.iso`, "media"),
          size_bytes: 5_000_000,
        },
      ],
      checkpoints: 0,
      cluster_role: null,
      state: "off",
    },
  },
  {
    call,
    title: "says of each file why it must stay, and looks at the next all the same",
    given: (world) => {
      const outside = "C:\\Elsewhere\\data.vhdx";
      newVhd(world.host(), { path: outside, virtualBytes: GIBIBYTE, type: "dynamic" });
      addHardDiskDrive(world.host(), world.vm("build-old"), outside);
      const shared = `${SILVER}\\build-old\\shared.vhdx`;
      newVhd(world.host(), { path: shared, virtualBytes: GIBIBYTE, type: "dynamic" });
      addHardDiskDrive(world.host(), world.vm("build-old"), shared);
      const [drive] = world.vm("build-old").hardDiskDrives.slice(-1);
      if (drive !== undefined) world.vm("dc01").hardDiskDrives.push({ ...drive, controllerLocation: 7 });
    },
    spec: PLAN,
    outputs: {
      files: [
        deletable(DISK.buildOld),
        kept("C:\\Elsewhere\\data.vhdx", "file_outside_configured_paths", /neither under/),
        kept(`${SILVER}\\build-old\\shared.vhdx`, "file_not_owned", /attached to the VM dc01 on HV01/),
      ],
      ...BUILD_OLD,
    },
  },
  {
    call,
    title: "keeps a shared file where another node has not answered",
    spec: { vm_id: "vm:build-old" },
    outputs: { files: [kept(DISK.buildOld, "file_users_unknown", /HV02/)], ...BUILD_OLD },
  },
  {
    call,
    title: "counts the checkpoints, and keeps the disks that stand on one",
    given: (world) => addCheckpoint(world.host(), world.vm("build-old"), "Before the update"),
    spec: PLAN,
    outputs: {
      files: [
        {
          ...kept("", "vm_has_checkpoints", /stands on a checkpoint/),
          path: expect.stringMatching(/\.avhdx$/),
        },
      ],
      ...BUILD_OLD,
      checkpoints: 1,
    },
  },
  {
    call,
    title: "lists a file that is gone without a size",
    given: (world) => removeFile(world.host(), DISK.buildOld),
    spec: PLAN,
    outputs: { files: [{ ...deletable(DISK.buildOld), size_bytes: null }], ...BUILD_OLD },
  },
  {
    call,
    title: "keeps every file of a host without its resources file",
    given: (world) => world.resources(null),
    spec: PLAN,
    outputs: { files: [kept(DISK.buildOld, "host_resources_missing", /hostresources/)], ...BUILD_OLD },
  },
  ...vmNotFound(call),
  ...invalid(call, PLAN, [
    ["vm_id", null],
    ["other_nodes", "HV02"],
  ]),
];
