import { expect } from "vitest";
import { newVm } from "@/simulator/host/virtual-machines";
import type { Scenario } from "../support/scenario";
import type { World } from "../support/world";
import { DISK, GIBIBYTE, NOBODY } from "./parts";

const DC01 = { disk_id: `disk:${DISK.dc01}`, path: DISK.dc01, size_bytes: 80 * GIBIBYTE };

/** What hv01's inventory says of dc01's disk. */
function disk(
  title: string,
  known_disks: Record<string, unknown>[],
  record: Record<string, unknown>,
  given: (world: World) => void = () => {},
): Scenario {
  const vm = expect.objectContaining({ vm_name: "dc01", disks: [record] });
  return {
    call: "inventory/read",
    title,
    given,
    spec: {},
    known_disks,
    outputs: { host: expect.anything(), vms: expect.arrayContaining([vm]) },
  };
}

/** The file grows behind the back of who knows the disk. */
function grow(world: World): void {
  for (const volume of world.host().volumes) {
    for (const file of volume.files.values()) {
      if (file.path === DISK.dc01)
        Object.assign(file, { fileBytes: 50 * GIBIBYTE, virtualBytes: 100 * GIBIBYTE });
    }
  }
}

/** Somebody deletes the file while nothing has it open. */
function lose(world: World): void {
  for (const volume of world.host().volumes) volume.files.delete(DISK.dc01.toLowerCase());
}

export const INVENTORY_DISKS: Scenario[] = [
  disk(
    "opens a disk that is not known",
    [],
    { ...DC01, size_bytes: 100 * GIBIBYTE, file_bytes: 50 * GIBIBYTE },
    grow,
  ),
  disk(
    "takes the word of who knows a disk for all but the length of its file",
    [DC01],
    { ...DC01, file_bytes: 50 * GIBIBYTE },
    grow,
  ),
  disk(
    "finds a known disk whatever the case of its path, and keeps the path as the VM has it",
    [{ ...DC01, path: DISK.dc01.toUpperCase() }],
    { ...DC01, file_bytes: 50 * GIBIBYTE },
    grow,
  ),
  disk(
    "believes nobody who knows a disk whose file is gone",
    [{ ...DC01, disk_id: NOBODY }],
    { disk_id: null, path: DISK.dc01, size_bytes: null, file_bytes: null },
    lose,
  ),
  disk(
    "leaves out known disks that it cannot read",
    [{}, { path: DISK.dc01 }, { ...DC01, size_bytes: "80" }, { ...DC01, path: "" }],
    { ...DC01, file_bytes: 31 * GIBIBYTE },
  ),
  {
    call: "inventory/read",
    title: "gives a VM that was only just made",
    given: (world) => {
      const path = "C:\\ClusterStorage\\Volume1\\Hyper-V\\fresh";
      newVm(world.host(), { name: "fresh", memoryStartupBytes: GIBIBYTE, path });
    },
    spec: {},
    outputs: {
      host: expect.anything(),
      vms: expect.arrayContaining([
        expect.objectContaining({ vm_name: "fresh", disks: [], guest_os: null, checkpoints: 0 }),
      ]),
    },
  },
];
