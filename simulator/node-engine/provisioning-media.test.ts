import { afterEach, beforeEach, expect, test } from "vitest";
import { addMedia, findMedia } from "../host/storage";
import { caller, failure, outputs } from "./testing/operations";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

const ISO = "C:\\ClusterStorage\\Volume1\\Media\\linux.iso";
const BEGIN = { os_family: "linux", meta_version: "1.0.0", force: false };

let simulation: TestSimulation;
let vm_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02", { image: "Ubuntu 24.04", network: "Servers" });
});
afterEach(() => simulation.close());

const call = caller(
  () => simulation,
  "initialization",
  () => vm_id,
);
const vm = () => simulation.vm("web02");
const copy = () => `C:\\ClusterStorage\\Volume1\\Hyper-V\\web02\\provisioning-${vm_id}.iso`;

function offer(...media: { os_family: string; path: string; protocols?: number[] }[]): void {
  const host = simulation.host();
  host.hostResources = JSON.stringify({
    ...JSON.parse(host.hostResources ?? ""),
    provisioning_media: media,
  });
  for (const { path } of media) {
    if (path === ISO && findMedia(host, ISO) === null) addMedia(host, ISO, 5_000_000);
  }
}

test("begin inserts a copy of the VM's own, boots from the disk, and finish takes it away at the end", async () => {
  const newer = { os_family: "linux", path: "C:\\v2.iso", protocols: [2] };
  offer({ os_family: "windows", path: "C:\\w.iso" }, newer, {
    os_family: "linux",
    path: ISO,
    protocols: [1, 2],
  });
  outputs(await call("begin", BEGIN));
  expect(vm().dvdDrives.map(({ path }) => path)).toEqual([copy()]);
  expect(findMedia(simulation.host(), copy())?.fileBytes).toBe(5_000_000);
  expect(vm().bootOrder[0]).toMatch(/^disk:.*web02\.vhdx$/);
  expect(vm().state).toBe("running");

  outputs(await call("finish", { completed: false }));
  expect(vm().dvdDrives[0]?.path).toBe(copy());
  outputs(await call("finish", { completed: true }));
  expect(vm().dvdDrives.map(({ path }) => path)).toEqual([null]);
  expect(findMedia(simulation.host(), copy())).toBeNull();
  expect(findMedia(simulation.host(), ISO)).not.toBeNull();
});

test("the empty drive and a copy that was left behind serve again; ended takes it out too", async () => {
  offer({ os_family: "linux", path: ISO });
  outputs(await call("begin", BEGIN));
  outputs(await call("finish", { ended: true }));
  expect(vm().dvdDrives[0]?.path).toBeNull();
  simulation.fleet.power.turnOffVm(simulation.host(), vm());
  addMedia(simulation.host(), copy(), 1);
  outputs(await call("begin", { ...BEGIN, force: true }));
  expect(vm().dvdDrives.map(({ path }) => path)).toEqual([copy()]);
  expect(findMedia(simulation.host(), copy())?.fileBytes).toBe(5_000_000);
});

test("media whose file is not there stop begin before it changes anything", async () => {
  offer({ os_family: "linux", path: "C:\\gone.iso" });
  expect(failure(await call("begin", BEGIN))).toEqual(["provisioning_media_missing", null]);
  expect(simulation.fleet.kvp.hostItems(vm()).size).toBe(0);
  expect(vm().state).toBe("off");
});

test("a VM that does not start keeps neither media nor items", async () => {
  offer({ os_family: "linux", path: ISO });
  vm().memoryStartupBytes = 2 ** 50;
  expect(failure(await call("begin", BEGIN))).toEqual(["hyperv_error", null]);
  expect(vm().dvdDrives.map(({ path }) => path)).toEqual([null]);
  expect(findMedia(simulation.host(), copy())).toBeNull();
  expect(simulation.fleet.kvp.hostItems(vm()).size).toBe(0);
});

test("without host resources, or without media for the family, nothing is inserted", async () => {
  simulation.host().hostResources = null;
  outputs(await call("begin", BEGIN));
  expect(vm().dvdDrives).toEqual([]);
});
