import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addCheckpoint } from "../host/checkpoints";
import { addDvdDrive, addHardDiskDrive } from "../host/drives";
import { addMedia } from "../host/storage";
import { caller, events, failure, otherNodes, outputs } from "./testing/operations";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

const FOLDER = "C:\\ClusterStorage\\Volume1\\Hyper-V\\web02";
const DISK = `${FOLDER}\\web02.vhdx`;

let simulation: TestSimulation;
let vm_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02", { image: "Ubuntu 24.04", network: "Servers" });
});
afterEach(() => simulation.close());

const call = caller(
  () => simulation,
  "vm",
  () => vm_id,
);
const exists = () => simulation.host().vms.has(vm_id);
const remove = async (spec: Record<string, unknown> = {}) =>
  call("delete", { delete_files: true, other_nodes: await otherNodes(simulation), ...spec });

/** The host's resources without one part of them. */
function changeResources(change: Record<string, unknown>): void {
  const host = simulation.host();
  host.hostResources = JSON.stringify({ ...JSON.parse(host.hostResources ?? ""), ...change });
}

describe("vm/delete", () => {
  test("removes a VM with its disks and its copy of the provisioning media, and nothing else", async () => {
    const copy = `${FOLDER}\\provisioning-${vm_id}.iso`;
    const other = `${FOLDER}\\setup.iso`;
    for (const path of [copy, other]) addMedia(simulation.host(), path, 5_000_000);
    addDvdDrive(simulation.host(), simulation.vm("web02"), other);
    expect(outputs(await remove())).toEqual({ deleted_files: [DISK, copy], kept_files: [] });
    expect(exists()).toBe(false);
    expect(simulation.file(DISK)).toBeUndefined();
    const volume = simulation.host().volumes.find(({ mount }) => mount.endsWith("Volume1"));
    expect([...(volume?.media.values() ?? [])].map(({ path }) => path)).toEqual([other]);
    expect(failure(await remove())).toEqual(["vm_not_found", "vm_id"]);
  });

  test("keeps every file where it is not asked to delete them", async () => {
    expect(outputs(await remove({ delete_files: false }))).toEqual({ deleted_files: [], kept_files: [DISK] });
    expect(exists()).toBe(false);
    expect(simulation.file(DISK)).toBeDefined();
  });

  test("takes a running VM out of the cluster first, then turns it off", async () => {
    Object.assign(simulation.vm("web02"), { state: "running", clustered: true });
    expect(failure(await remove())).toEqual(["vm_not_off", "vm_id"]);
    const answer = await remove({ turn_off: true });
    outputs(answer);
    expect(events(answer, "information")).toEqual([
      "Removing the role of the VM from the cluster.",
      "Turning the VM web02 off.",
      "Removing the VM web02.",
      `Deleted ${DISK}.`,
    ]);
  });

  test.each([true, false])("refuses a VM with checkpoints, delete_files %j", async (delete_files) => {
    addCheckpoint(simulation.host(), simulation.vm("web02"), "before the update");
    expect(failure(await remove({ delete_files }))).toEqual(["vm_has_checkpoints", "vm_id"]);
    expect(exists()).toBe(true);
  });

  test("refuses a file outside the configured folders before anything is changed", async () => {
    simulation.vm("web02").state = "running";
    const elsewhere = "C:\\ClusterStorage\\Volume2\\Elsewhere";
    changeResources({ virtual_machines_path: elsewhere, storage_classes: [{ name: "x", path: elsewhere }] });
    expect(failure(await remove({ turn_off: true }))).toEqual([
      "file_outside_configured_paths",
      "delete_files",
    ]);
    expect(simulation.vm("web02").state).toBe("running");
    expect(simulation.file(DISK)).toBeDefined();
  });

  test("refuses a disk that another VM has attached, or that is an image", async () => {
    const dc01 = simulation.vm("dc01");
    const [drive] = simulation.vm("web02").hardDiskDrives;
    simulation.vm("web02").hardDiskDrives = [];
    addHardDiskDrive(simulation.host(), dc01, DISK);
    if (drive !== undefined) simulation.vm("web02").hardDiskDrives = [drive];
    expect(failure(await remove())).toEqual(["file_not_owned", "delete_files"]);
    dc01.hardDiskDrives.pop();
    changeResources({ images: [{ name: "golden", path: DISK.toUpperCase() }] });
    expect(failure(await remove())).toEqual(["file_not_owned", "delete_files"]);
    expect(exists()).toBe(true);
  });

  test("refuses a disk that a VM of the other node has attached, and one that nobody can tell of", async () => {
    simulation.vm("web01").hardDiskDrives.push(...simulation.vm("web02").hardDiskDrives);
    expect(failure(await remove())).toEqual(["file_not_owned", "delete_files"]);
    expect(failure(await remove({ other_nodes: undefined }))).toEqual(["file_users_unknown", "delete_files"]);
    expect(exists()).toBe(true);
    simulation.vm("web01").hardDiskDrives.pop();
    outputs(await remove());
  });

  test("says which files are left where one is held open, and waits for one that is let go", async () => {
    simulation.fleet.faults.add({ kind: "file_locked", host: "hv01", path: DISK, times: 2 });
    outputs(await remove());
    vm_id = await makeVm(simulation, "web02", { image: "Ubuntu 24.04" });
    simulation.fleet.faults.add({ kind: "file_locked", host: "hv01", path: DISK, times: null });
    const answer = await remove();
    expect(failure(answer)).toEqual(["files_left", null]);
    expect(answer.result?.error?.message).toContain(DISK);
    expect(exists()).toBe(false);
  });

  test("wants to be told what becomes of the files", async () => {
    expect(failure(await call("delete"))).toEqual(["invalid_request", "delete_files"]);
    expect(failure(await remove({ delete_files: "yes" }))).toEqual(["invalid_request", "delete_files"]);
  });
});
