import type { Scenario } from "../support/scenario";
import { disk } from "./disk-parts";
import { DISK, GIBIBYTE, invalid, vmNotFound } from "./parts";

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
