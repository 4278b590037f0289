import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GIBIBYTE } from "../../host/bytes";
import { createSimulatedFleet, type Fleet } from "../../host/fleet";
import type { Host, VhdxFile } from "../../host/model";
import { addOtherName } from "../../host/other-names";
import { findFile, freeBytes, newVhd, removeFile, volumeOf } from "../../host/storage";
import { newVm } from "../../host/virtual-machines";
import { SimulatedDrives } from "./simulated-drives";

const IMAGES = "C:\\ClusterStorage\\Volume1\\DiskImages";

let directory: string;
let fleet: Fleet;
let drives: SimulatedDrives;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simulated-drives-"));
  fleet = createSimulatedFleet({ dataDirectory: directory, seed: "demo", timeFactor: 0 });
  drives = new SimulatedDrives(fleet, join(directory, "drives"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function host(name = "hv01"): Host {
  const found = fleet.hosts.get(name);
  if (found === undefined) throw new Error(`There is no host ${name}.`);
  return found;
}

/** The real path of a Windows path in its own spelling. */
function real(windows: string, hostName = "hv01"): string {
  const folder = drives.drives(hostName)[windows.charAt(0)];
  return join(folder ?? "", ...windows.slice(3).split("\\"));
}

function free(path: string): number {
  const volume = volumeOf(host(), path);
  return volume === null ? 0 : freeBytes(volume);
}

describe("what the state has", () => {
  test("is there as small files: images, disks, configurations, host resources", () => {
    expect(statSync(real(`${IMAGES}\\windows-server-2025.vhdx`)).size).toBe((14 * GIBIBYTE) / 256);
    expect(readFileSync(real(`${IMAGES}\\debian-12.vhdx`)).toString("latin1", 0, 8)).toBe("vhdxfile");
    expect(statSync(real(`${IMAGES}\\debian-12.vhdx`)).blocks).toBeLessThan(64);
    const vm = newVm(host(), {
      name: "a",
      memoryStartupBytes: GIBIBYTE,
      path: "C:\\ClusterStorage\\Volume1\\Hyper-V\\a",
    });
    drives.sync("hv01");
    const configuration = `${vm.path}\\Virtual Machines\\${vm.id.toUpperCase()}.vmcx`;
    expect(existsSync(real(configuration))).toBe(true);
    host().vms.delete(vm.id);
    drives.sync("hv01");
    expect(existsSync(real(configuration))).toBe(false);
    const resources = real("C:\\ProgramData\\AetherV\\hostresources.json");
    expect(readFileSync(resources, "utf8")).toBe(host().hostResources);
    fleet.faults.add({ host: "hv01", kind: "host_resources", text: "{" });
    drives.sync("hv01");
    expect(readFileSync(resources, "utf8")).toBe("{");
    fleet.faults.clear();
    host().hostResources = null;
    drives.sync("hv01");
    expect(existsSync(resources)).toBe(false);
  });

  test("follows it: a new disk gets a file, in folders as they are spelt already; a removed one loses it", () => {
    const path = "c:\\clusterstorage\\volume1\\hyper-v\\DC01\\more.vhdx";
    newVhd(host(), { path, virtualBytes: GIBIBYTE, type: "dynamic" });
    drives.sync("hv01");
    const file = real("C:\\ClusterStorage\\Volume1\\Hyper-V\\dc01\\more.vhdx");
    expect(existsSync(file)).toBe(true);
    removeFile(host(), path);
    drives.sync("hv01");
    expect(existsSync(file)).toBe(false);
  });

  test("is shared where the volume is, and nowhere else", () => {
    expect(existsSync(real(`${IMAGES}\\debian-12.vhdx`, "hv02"))).toBe(true);
    newVhd(host(), { path: "C:\\own.vhdx", virtualBytes: GIBIBYTE, type: "dynamic" });
    drives.sync("hv01");
    expect(existsSync(real("C:\\own.vhdx", "hv02"))).toBe(false);
  });
});

describe("what a script does to files", () => {
  const image = `${IMAGES}\\ubuntu-24.04.vhdx`;
  const copy = "C:\\ClusterStorage\\Volume1\\Hyper-V\\copy.vhdx";

  test("a copy becomes the same disk, and takes its room", () => {
    const before = free(copy);
    copyFileSync(real(image), real(copy));
    drives.sync("hv01");
    const source = findFile(host(), image) as VhdxFile;
    const record = findFile(host("hv02"), copy);
    expect(record).toEqual({ ...source, path: copy });
    expect(free(copy)).toBe(before - source.fileBytes);
    if (record !== null) record.diskIdentifier = "changed";
    drives.sync("hv02");
    expect(findFile(host(), copy)?.diskIdentifier).toBe("changed");
    expect(findFile(host(), image)?.diskIdentifier).not.toBe("changed");
  });

  test("half of a copy takes room and is no disk; the whole of it is one", () => {
    const bytes = readFileSync(real(image));
    writeFileSync(real(copy), bytes.subarray(0, bytes.length / 2));
    truncateSync(real(copy), bytes.length);
    drives.sync("hv01");
    expect(findFile(host(), copy)).toMatchObject({ virtualBytes: 0, fileBytes: 3 * GIBIBYTE });
    writeFileSync(real(copy), bytes);
    drives.sync("hv01");
    expect(findFile(host(), copy)).toMatchObject({ virtualBytes: 20 * GIBIBYTE, fileBytes: 3 * GIBIBYTE });
  });

  test("a copy that ends within the same moment as its half was looked at is whole all the same", () => {
    const bytes = readFileSync(real(image));
    const moment = new Date("2026-01-02T03:04:05Z");
    writeFileSync(real(copy), bytes.subarray(0, bytes.length / 2));
    truncateSync(real(copy), bytes.length);
    utimesSync(real(copy), moment, moment);
    drives.sync("hv01");
    drives.sync("hv01");
    expect(findFile(host(), copy)).toMatchObject({ virtualBytes: 0 });
    writeFileSync(real(copy), bytes);
    utimesSync(real(copy), moment, moment);
    drives.sync("hv01");
    expect(findFile(host(), copy)).toMatchObject({ virtualBytes: 20 * GIBIBYTE });
  });

  test("a file that is deleted frees its room; other files are none of the state's", () => {
    const path = "C:\\ClusterStorage\\Volume2\\Hyper-V\\sql01\\sql01-2.vhdx";
    const before = free(path);
    rmSync(real(path));
    writeFileSync(real("C:\\ClusterStorage\\Volume2\\Hyper-V\\notes.txt"), "text");
    drives.sync("hv02");
    expect(free(path)).toBe(before + 212 * GIBIBYTE);
    expect(findFile(host(), path)).toBeNull();
    expect(existsSync(real(path))).toBe(false);
  });

  test("a file that is replaced by a copy of another is the other", () => {
    copyFileSync(real(image), real(copy));
    drives.sync("hv01");
    rmSync(real(copy));
    copyFileSync(real(`${IMAGES}\\debian-12.vhdx`), real(copy));
    drives.sync("hv01");
    expect(findFile(host(), copy)?.virtualBytes).toBe(10 * GIBIBYTE);
  });
});

test("other names are links on this machine, and no copies", () => {
  const volume = volumeOf(host(), IMAGES);
  if (volume === null) throw new Error("The volume is missing.");
  const root = volume.mount;
  addOtherName(volume, `${root}\\link`, IMAGES);
  addOtherName(volume, `${root}\\hard.vhdx`, `${IMAGES}\\debian-12.vhdx`);
  addOtherName(volume, "\\\\?\\Volume{5a1c2f6e}", root);
  const files = volume.files.size;
  for (const name of ["hv01", "hv02", "hv01"]) drives.sync(name);
  expect(volume.files.size).toBe(files);
  expect(lstatSync(real(`${root}\\link`)).isSymbolicLink()).toBe(true);
  expect(statSync(real(`${root}\\hard.vhdx`)).ino).toBe(statSync(real(`${IMAGES}\\debian-12.vhdx`)).ino);
});

test("a real path is told as Windows' own", () => {
  expect(drives.windowsPathOf("hv01", real(`${IMAGES}\\debian-12.vhdx`))).toBe(`${IMAGES}\\debian-12.vhdx`);
  expect(
    drives.windowsPathOf("hv01", join(directory, "drives", "mounted", "cluster01", "Volume2", "a")),
  ).toBe("C:\\ClusterStorage\\Volume2\\a");
  expect(drives.windowsPathOf("hv01", directory)).toBeNull();
});
