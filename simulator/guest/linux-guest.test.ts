import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ARRIVING, DIFFICULT, Handshake, PATIENCE } from "../node-engine/testing/handshake";
import { makeVm, simulate, type TestSimulation } from "../node-engine/testing/simulated-host";

const GUEST = fileURLToPath(new URL("../../tests/guests/linux_guest.py", import.meta.url));

let directory: string;
let simulation: TestSimulation;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "kvp-pools-"));
});
afterEach(() => {
  simulation.close();
  rmSync(directory, { recursive: true });
});

/** Runs the guest that knows nothing but the pool files of a VM; gives its exit code. */
async function runGuest(vmId: string, output: string): Promise<number> {
  const args = [GUEST, join(directory, "kvp", vmId), output, "--poll", "0.02"];
  try {
    await promisify(execFile)("/usr/bin/python3", args);
    return 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "number") return error.code;
    throw error;
  }
}

test("a guest outside the simulator gets exactly the values, over the pool files alone", async () => {
  simulation = simulate({ kvpPools: true, externalGuests: true, dataDirectory: directory });
  const vmId = await makeVm(simulation, "web02", { image: "Debian 12", network: "Servers" });
  const output = join(directory, "values.json");
  const guest = runGuest(vmId, output);
  const config = { ...DIFFICULT, long: `${"ü\u{1f511}".repeat(400)}` };
  const handshake = new Handshake(simulation, vmId, "linux");
  await handshake.run(config);
  expect(await guest).toBe(0);
  expect(JSON.parse(readFileSync(output, "utf8"))).toEqual({ ...ARRIVING, long: config.long });
  await handshake.call("finish", { completed: true });
  const pool = readFileSync(join(directory, "kvp", vmId, ".kvp_pool_0"));
  expect(pool.length).toBe(2 * 2560);
});

test("it fails closed when a value was changed on the way", async () => {
  simulation = simulate({ kvpPools: true, externalGuests: true, dataDirectory: directory });
  const vmId = await makeVm(simulation, "web02", { image: "Debian 12" });
  const guest = runGuest(vmId, join(directory, "values.json"));
  const handshake = new Handshake(simulation, vmId, "linux");
  await handshake.begin();
  await handshake.publish(await handshake.guestKey(), { guest_la_pw: "one", guest_la_uid: "two" });
  const vm = simulation.vm("web02");
  const { kvp } = simulation.fleet;
  kvp.modifyItems(vm, [["hlvmm.data.guest_la_pw", kvp.hostItems(vm).get("hlvmm.data.guest_la_uid") ?? ""]]);
  await handshake.call("announce");
  const status = await handshake.guestState("provisioningfailed");
  expect(status.guest_error).toBe("error verify:checksum");
  expect(await guest).toBe(1);
});

test("the simulator's own guests work over pool files too", async () => {
  simulation = simulate({ kvpPools: true, dataDirectory: directory });
  const vmId = await makeVm(simulation, "web02", { image: "Debian 12", network: "Servers" });
  await new Handshake(simulation, vmId, "linux").run(DIFFICULT);
  const path = "C:\\ClusterStorage\\Volume1\\Hyper-V\\web02\\web02.vhdx";
  await vi.waitFor(() => expect(simulation.file(path)?.system?.applied).toEqual(ARRIVING), PATIENCE);
});
