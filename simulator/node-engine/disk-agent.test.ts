import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GIBIBYTE } from "../host/bytes";
import { freeBytes, newVhd } from "../host/storage";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

const FOLDER = "C:\\ClusterStorage\\Volume1\\Hyper-V\\web02";

let simulation: TestSimulation;
let vm_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02");
});
afterEach(() => simulation.close());

const create = (spec: Record<string, unknown>, context: Record<string, unknown> | null = null) =>
  simulation.call({
    agent: "disk",
    operation: "create",
    spec: { vm_id, storage_type: "dynamic", ...spec },
    context,
  });

describe("disk/create", () => {
  test("clones an image with progress, grows it, and boots from it", async () => {
    const answer = await create({ size_gb: 30, image_name: "ubuntu 24.04", storage_class: "GOLD" });
    const path = `${FOLDER}\\web02.vhdx`;
    const file = simulation.file(path);
    expect(answer.result?.outputs).toEqual({ disk_id: file?.diskIdentifier, path, size_gb: 30 });
    expect(file).toMatchObject({ virtualBytes: 30 * GIBIBYTE, fileBytes: 3 * GIBIBYTE, type: "dynamic" });
    const image = simulation.file("C:\\ClusterStorage\\Volume1\\DiskImages\\ubuntu-24.04.vhdx");
    expect(file?.diskIdentifier).not.toBe(image?.diskIdentifier);
    expect(image?.virtualBytes).toBe(20 * GIBIBYTE);
    const vm = simulation.vm("web02");
    expect(vm.hardDiskDrives).toEqual([
      { controllerType: "SCSI", controllerNumber: 0, controllerLocation: 0, path },
    ]);
    expect(vm.bootOrder[0]).toBe(`disk:${path.toLowerCase()}`);
    const progress = answer.lines.filter((line) => line.stream === "progress").map((line) => line.text);
    expect(progress).toHaveLength(20);
    expect(progress[4]).toBe("Copied 0.8 of 3 GB (25%).");
  });

  test("without an image makes a blank disk in the first storage class, and numbers further ones", async () => {
    const first = await create({ size_gb: 5 });
    const second = await create({ size_gb: 7, storage_type: "fixed" });
    expect(first.result?.outputs.path).toBe(`${FOLDER}\\web02.vhdx`);
    expect(second.result?.outputs.path).toBe(`${FOLDER}\\web02-2.vhdx`);
    expect(simulation.file(`${FOLDER}\\web02-2.vhdx`)).toMatchObject({
      type: "fixed",
      fileBytes: 7 * GIBIBYTE,
    });
    expect(simulation.vm("web02").bootOrder[0]).toBe(`disk:${FOLDER.toLowerCase()}\\web02.vhdx`);
  });

  test("converts an image for a fixed disk", async () => {
    const answer = await create({ size_gb: 20, image_name: "Ubuntu 24.04", storage_type: "fixed" });
    const file = simulation.file(`${FOLDER}\\web02.vhdx`);
    expect(answer.result?.outputs.disk_id).toBe(file?.diskIdentifier);
    expect(file).toMatchObject({ type: "fixed", virtualBytes: 20 * GIBIBYTE, fileBytes: 20 * GIBIBYTE });
    expect(file?.system?.osFamily).toBe("linux");
    expect(answer.stdout).not.toContain("Copied");
  });

  test("within a deployment the Notes have the path before the file exists", async () => {
    simulation.fleet.faults.add({ host: "hv01", kind: "volume_full", path: "C:\\ClusterStorage\\Volume1" });
    const context = { deployment_id: "d-1", step: 2, steps: 4, request: {} };
    await create({ size_gb: 30, image_name: "Debian 12" }, context);
    expect(simulation.vm("web02").notes).toContain(
      '{"deployment_id":"d-1","step":2,"steps":4,"request":{},"disk_path":"C:\\\\ClusterStorage\\\\Volume1\\\\Hyper-V\\\\web02\\\\web02.vhdx"}',
    );
  });

  test("a copy that finds the volume full removes its own half-written file", async () => {
    simulation.fleet.faults.add({ host: "hv01", kind: "volume_full", path: "C:\\ClusterStorage\\Volume1" });
    const answer = await create({ size_gb: 30, image_name: "Debian 12" });
    expect(answer.result?.error).toMatchObject({ code: "storage_full", target: "storage_class" });
    expect(answer.lines.some((line) => line.stream === "progress")).toBe(true);
    expect(simulation.file(`${FOLDER}\\web02.vhdx`)).toBeUndefined();
    expect(simulation.vm("web02").hardDiskDrives).toEqual([]);
  });

  test.each([
    ["vm_not_found", "vm_id", { vm_id: "00000000-0000-4000-8000-000000000000", size_gb: 5 }],
    ["storage_class_not_found", "storage_class", { size_gb: 5, storage_class: "bronze" }],
    ["image_not_found", "image_name", { size_gb: 30, image_name: "BeOS" }],
    ["disk_smaller_than_image", "size_gb", { size_gb: 19, image_name: "Ubuntu 24.04" }],
    ["storage_full", "storage_class", { size_gb: 5000, storage_type: "fixed" }],
    ["invalid_request", "size_gb", { size_gb: "5" }],
    ["invalid_request", "storage_type", { size_gb: 5, storage_type: null }],
    ["invalid_request", "storage_type", { size_gb: 5, storage_type: "tape" }],
  ])("refuses with %s for %s, and changes nothing", async (code, target, spec) => {
    const free = simulation.host().volumes.map(freeBytes);
    const answer = await create(spec);
    expect(answer.exitCode).toBe(1);
    expect(answer.result?.error).toMatchObject({ code, target });
    expect(simulation.host().volumes.map(freeBytes)).toEqual(free);
    expect(simulation.vm("web02").hardDiskDrives).toEqual([]);
  });

  test("refuses to write over a file that is there already", async () => {
    newVhd(simulation.host(), { path: `${FOLDER}\\WEB02.vhdx`, virtualBytes: GIBIBYTE, type: "dynamic" });
    const answer = await create({ size_gb: 5 });
    expect(answer.result?.error?.code).toBe("disk_exists");
    expect(simulation.vm("web02").hardDiskDrives).toEqual([]);
  });

  test("an image whose file is gone is not found", async () => {
    for (const volume of simulation.host().volumes) volume.files.clear();
    const answer = await create({ size_gb: 30, image_name: "Debian 12" });
    expect(answer.result?.error).toMatchObject({ code: "image_not_found", target: "image_name" });
    expect(answer.result?.error?.message).toContain("debian-12.vhdx");
  });
});

test("disk/read lists the VM's disks; a file that cannot be read keeps its path", async () => {
  await create({ size_gb: 5 });
  for (const volume of simulation.host().volumes) volume.files.clear();
  const answer = await simulation.call({ agent: "disk", operation: "read", spec: { vm_id } });
  expect(answer.result?.outputs.disks).toEqual([
    { disk_id: null, path: `${FOLDER}\\web02.vhdx`, size_bytes: null, file_bytes: null },
  ]);
});
