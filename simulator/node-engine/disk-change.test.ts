import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GIBIBYTE } from "../host/bytes";
import { addCheckpoint } from "../host/checkpoints";
import { caller, failure, otherNodes, outputs } from "./testing/operations";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

const DISK = "C:\\ClusterStorage\\Volume1\\Hyper-V\\web02\\web02.vhdx";
const NOBODY = "00000000-0000-4000-8000-000000000000";

let simulation: TestSimulation;
let vm_id: string;
let disk_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02", { image: "Ubuntu 24.04" });
  disk_id = simulation.file(DISK)?.diskIdentifier ?? "";
});
afterEach(() => simulation.close());

const call = caller(
  () => simulation,
  "disk",
  () => vm_id,
);
const remove = async (spec: Record<string, unknown> = {}) =>
  call("delete", { disk_id, delete_file: true, other_nodes: await otherNodes(simulation), ...spec });
const vm = () => simulation.vm("web02");
const size = () => (simulation.file(DISK)?.virtualBytes ?? 0) / GIBIBYTE;

describe("disk/update", () => {
  test.each(["off", "running"] as const)("grows a disk of a VM that is %s", async (state) => {
    vm().state = state;
    const answer = await call("update", { disk_id: disk_id.toUpperCase(), size_gb: 80 });
    expect(outputs(answer)).toEqual({ disk_id, path: DISK, size_gb: 80 });
    expect(size()).toBe(80);
  });

  test("has nothing to do where the size is the same, in any state", async () => {
    vm().state = "saved";
    expect(outputs(await call("update", { disk_id, size_gb: 60 }))).toMatchObject({ size_gb: 60 });
  });

  test("never shrinks", async () => {
    expect(failure(await call("update", { disk_id, size_gb: 59 }))).toEqual(["disk_would_shrink", "size_gb"]);
    expect(size()).toBe(60);
  });

  test("a fixed disk needs the room for its growth", async () => {
    const spec = { size_gb: 100, storage_type: "fixed" };
    const created = outputs(await call("create", spec));
    const answer = await call("update", { disk_id: created.disk_id, size_gb: 2000 });
    expect(failure(answer)).toEqual(["storage_full", "size_gb"]);
    expect(outputs(await call("update", { disk_id: created.disk_id, size_gb: 200 })).size_gb).toBe(200);
  });
});

describe("disk/delete", () => {
  test.each([true, false])("detaches a disk of a running VM, delete_file %j", async (delete_file) => {
    vm().state = "running";
    const answer = await remove({ delete_file });
    expect(outputs(answer)).toEqual({ path: DISK, deleted: delete_file });
    expect(vm().hardDiskDrives).toEqual([]);
    expect(vm().bootOrder).toEqual([]);
    expect(simulation.file(DISK) === undefined).toBe(delete_file);
    expect(failure(await call("delete", { disk_id, delete_file }))).toEqual(["disk_not_found", "disk_id"]);
  });

  test("refuses a file outside the configured folders before it is detached", async () => {
    const host = simulation.host();
    host.hostResources = JSON.stringify({
      ...JSON.parse(host.hostResources ?? ""),
      virtual_machines_path: "D:\\VMs",
      storage_classes: [{ name: "x", path: "D:\\Disks" }],
    });
    const answer = await call("delete", { disk_id, delete_file: true });
    expect(failure(answer)).toEqual(["file_outside_configured_paths", "delete_file"]);
    expect(vm().hardDiskDrives).toHaveLength(1);
  });

  test("says that the file is left where it is held open", async () => {
    simulation.fleet.faults.add({ kind: "file_locked", host: "hv01", path: DISK, times: null });
    expect(failure(await remove())).toEqual(["files_left", null]);
    expect(vm().hardDiskDrives).toEqual([]);
  });

  test("leaves the Notes alone", async () => {
    vm().notes = "Someone's own words.";
    outputs(await remove());
    expect(vm().notes).toBe("Someone's own words.");
  });
});

describe.each([
  ["update", { size_gb: 80 }],
  ["delete", { delete_file: true }],
])("disk/%s refuses", (operation, spec) => {
  const change = (more: Record<string, unknown> = {}) => call(operation, { disk_id, ...spec, ...more });

  test("a disk that stands on a checkpoint", async () => {
    addCheckpoint(simulation.host(), vm(), "before the update");
    expect(failure(await change())).toEqual(["vm_has_checkpoints", "disk_id"]);
    expect(vm().hardDiskDrives).toHaveLength(1);
  });

  test("a VM that is saved, and a disk on an IDE controller while the VM runs", async () => {
    vm().state = "saved";
    expect(failure(await change())).toEqual(["vm_not_off", "disk_id"]);
    vm().state = "running";
    for (const drive of vm().hardDiskDrives) drive.controllerType = "IDE";
    expect(failure(await change())).toEqual(["vm_not_off", "disk_id"]);
    expect(size()).toBe(60);
  });

  test("what does not exist", async () => {
    expect(failure(await change({ disk_id: NOBODY }))).toEqual(["disk_not_found", "disk_id"]);
    expect(failure(await change({ vm_id: NOBODY }))).toEqual(["vm_not_found", "vm_id"]);
    expect(failure(await change({ disk_id: "web02.vhdx" }))).toEqual(["invalid_request", "disk_id"]);
  });
});
