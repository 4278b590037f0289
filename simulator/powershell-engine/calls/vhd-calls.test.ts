import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GIBIBYTE } from "../../host/bytes";
import { findFile, freeBytes, volumeOf } from "../../host/storage";
import { calledHosts } from "./testing/called-hosts";

const hosts = calledHosts();
const FOLDER = "C:\\ClusterStorage\\Volume1\\Hyper-V";
function real(path: string): string {
  return join(hosts.drives.drives("hv01").C ?? "", ...path.slice(3).split("\\"));
}

describe("virtual hard disks", () => {
  test("are created with a file of their own, whose room is that of the disk", async () => {
    const path = `${FOLDER}\\dc01\\data.vhdx`;
    const disk = await hosts.call("vhd.create", { path, size_bytes: 10 * GIBIBYTE, type: "fixed" });
    expect(disk).toMatchObject({
      VhdFormat: "VHDX",
      VhdType: "Fixed",
      Size: 10 * GIBIBYTE,
      FileSize: 10 * GIBIBYTE,
    });
    expect(existsSync(real(path))).toBe(true);
    await expect(
      hosts.call("vhd.create", { path, size_bytes: GIBIBYTE, type: "dynamic" }),
    ).rejects.toMatchObject({
      id: "OperationFailed",
      category: "NotSpecified",
      message: expect.stringContaining("0x80070050"),
    });
  });

  test("need a folder that is there, and a volume with room", async () => {
    const missing = { path: `${FOLDER}\\nobody\\a.vhdx`, size_bytes: GIBIBYTE, type: "dynamic" };
    await expect(hosts.call("vhd.create", missing)).rejects.toMatchObject({
      id: "OperationFailed",
      message: expect.stringContaining("0x80070003"),
    });
    mkdirSync(real(`${FOLDER}\\nobody`));
    expect(await hosts.call("vhd.create", missing)).toMatchObject({ VhdType: "Dynamic" });
    const large = { path: `${FOLDER}\\dc01\\b.vhdx`, size_bytes: 2 ** 42, type: "fixed" };
    await expect(hosts.call("vhd.create", large)).rejects.toMatchObject({
      id: "OperationFailed",
      category: "NotSpecified",
      message: expect.stringContaining("0x80070070"),
    });
  });

  test("in use by a running VM are read on its node only, and keep their identifier", async () => {
    const path = hosts.vm("dc01").hardDiskDrives[0]?.path ?? "";
    expect(await hosts.call("vhd.get", { path })).toMatchObject({ Attached: true });
    const inUse = { id: "ObjectInUse", category: "ResourceBusy" };
    await expect(hosts.call("vhd.get", { path }, "hv02")).rejects.toMatchObject(inUse);
    await expect(hosts.call("vhd.reset_identifier", { path })).rejects.toMatchObject(inUse);
    await expect(
      hosts.call("vhd.convert", { path, destination: `${FOLDER}\\dc01\\c.vhdx`, type: "fixed" }),
    ).rejects.toMatchObject(inUse);
  });

  test("grow while their VM runs where they are on SCSI, and never shrink", async () => {
    const vm = hosts.vm("dc01");
    const path = vm.hardDiskDrives[0]?.path ?? "";
    expect(await hosts.call("vhd.resize", { path, size_bytes: 90 * GIBIBYTE })).toMatchObject({
      Size: 90 * GIBIBYTE,
    });
    await expect(hosts.call("vhd.resize", { path, size_bytes: GIBIBYTE })).rejects.toMatchObject({
      id: "InvalidParameter",
    });
    for (const drive of vm.hardDiskDrives) drive.controllerType = "IDE";
    await expect(hosts.call("vhd.resize", { path, size_bytes: 99 * GIBIBYTE })).rejects.toMatchObject({
      id: "ObjectInUse",
    });
  });

  test("of which half was copied are unreadable", async () => {
    const path = `${FOLDER}\\half.vhdx`;
    const bytes = readFileSync(real("C:\\ClusterStorage\\Volume1\\DiskImages\\debian-12.vhdx"));
    writeFileSync(real(path), bytes.subarray(0, 4096));
    await expect(hosts.call("vhd.get", { path })).rejects.toMatchObject({
      message: expect.stringContaining("corrupted"),
    });
  });
});

describe("files that scripts write and delete", () => {
  const copy = `${FOLDER}\\copy.vhdx`;

  test("take room in proportion, and none that is not there", async () => {
    writeFileSync(real(copy), "");
    const free = freeBytes(volumeOf(hosts.host(), copy) ?? failure());
    const fits = { path: real(copy), bytes: Math.floor(free / 256) };
    expect(await hosts.call("file.reserve", fits)).toBeNull();
    await expect(hosts.call("file.reserve", { ...fits, bytes: fits.bytes + 1 })).rejects.toMatchObject({
      id: "DiskFull",
    });
    expect(await hosts.call("file.reserve", { path: "/tmp/elsewhere", bytes: 2 ** 40 })).toBeNull();
  });

  test("find the volume full half-way, once, where a fault says so", async () => {
    writeFileSync(real(copy), Buffer.alloc(1000));
    hosts.fleet.faults.add({ host: "hv01", kind: "volume_full", path: "C:\\ClusterStorage\\Volume1" });
    const at = (bytes: number) => hosts.call("file.reserve", { path: real(copy), bytes });
    expect(await at(500)).toBeNull();
    await expect(at(501)).rejects.toMatchObject({ id: "DiskFull" });
    expect(await at(1000)).toBeNull();
  });

  test("stay while a VM has them open, and while a fault holds them", async () => {
    const path = hosts.vm("build-old").hardDiskDrives[0]?.path ?? "";
    expect(await hosts.call("file.remove", { path: real(path) })).toBeNull();
    hosts.fleet.faults.add({ host: "hv01", kind: "file_locked", path });
    const refusal = { id: "RemoveFileSystemItemIOError", category: "WriteError" };
    await expect(hosts.call("file.remove", { path })).rejects.toMatchObject(refusal);
    expect(await hosts.call("file.remove", { path })).toBeNull();
    const open = hosts.vm("gitlab").hardDiskDrives[0]?.path ?? "";
    await expect(hosts.call("file.remove", { path: open })).rejects.toMatchObject(refusal);
    expect(findFile(hosts.host(), open)).not.toBeNull();
  });
});

function failure(): never {
  throw new Error("There is no such volume.");
}
