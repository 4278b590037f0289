import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { KeyFormat } from "../host/model";
import { ARRIVING, DIFFICULT, Handshake, PATIENCE } from "./testing/handshake";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

let simulation: TestSimulation;
beforeEach(() => {
  simulation = simulate();
});
afterEach(() => simulation.close());

const system = () => {
  const found = simulation.file("C:\\ClusterStorage\\Volume1\\Hyper-V\\web02\\web02.vhdx")?.system;
  if (!found) throw new Error("The VM has no operating system.");
  return found;
};
const hostItems = () => simulation.fleet.kvp.hostItems(simulation.vm("web02"));

async function prepare(os: "windows" | "linux" = "linux", network = "Production"): Promise<Handshake> {
  const image = os === "windows" ? "Windows Server 2025" : "Debian 12";
  const vmId = await makeVm(simulation, "web02", { os, image, network });
  return new Handshake(simulation, vmId, os);
}

describe("a whole initialization", () => {
  test.each<[KeyFormat, "windows" | "linux"]>([
    ["pkcs1", "linux"],
    ["spki", "linux"],
    ["capi", "windows"],
    ["cng", "windows"],
  ])("brings every value to a guest with a key of the format %s", async (format, os) => {
    const handshake = await prepare(os);
    system().keyFormat = format;
    await handshake.run(DIFFICULT);
    expect(system().applied).toEqual(ARRIVING);
    const vm = simulation.vm("web02");
    await vi.waitFor(() => expect(vm.adapters[0]?.ipAddresses).toEqual(["10.20.10.77"]), PATIENCE);
    expect(vm.adapters[0]?.mac).toMatch(/^00155D01/);
    expect((await handshake.call("finish", { completed: true })).outputs.removed).toBe(7);
    expect([...hostItems().keys()]).toEqual([
      "hlvmm.meta.version",
      "hlvmm.meta.host_provisioning_system_state",
    ]);
  });

  test("reads a key that came in chunks", async () => {
    const handshake = await prepare();
    simulation.fleet.faults.add({ host: "hv01", kind: "guest_chunks_key", vm_name: "web02" });
    await handshake.run(DIFFICULT);
    const guestItems = simulation.fleet.kvp.guestItems(simulation.vm("web02"));
    expect(guestItems.has("hlvmm.meta.guest_provisioning_public_key._3")).toBe(true);
    expect(guestItems.has("hlvmm.meta.guest_provisioning_public_key")).toBe(false);
    expect(system().applied).toEqual(ARRIVING);
  });

  test("a value of 719 bytes stays whole; a longer one is chunked for Linux", async () => {
    const handshake = await prepare();
    const config = { whole: `${"é".repeat(359)}x`, split: `${"ü\u{1f511}".repeat(400)}` };
    await handshake.begin();
    await handshake.publish(await handshake.guestKey(), config);
    const names = [...hostItems().keys()].filter((name) => name.startsWith("hlvmm.data."));
    expect(names).toEqual([
      ...[...Array(13).keys()].map((n) => `hlvmm.data.split._${n}`),
      "hlvmm.data.whole",
    ]);
    expect(hostItems().get("hlvmm.data.whole")).toHaveLength(984);
    await handshake.call("announce");
    await handshake.guestState("provisioningapplied");
    expect(system().applied).toEqual(config);
  });

  test("without a static address the guest has one of the network's DHCP, or its own", async () => {
    const handshake = await prepare("linux", "Servers");
    await handshake.run({ guest_host_name: "web02" });
    const [adapter] = simulation.vm("web02").adapters;
    await vi.waitFor(() => expect(adapter?.ipAddresses).toEqual(["10.20.20.100"]), PATIENCE);
  });

  test("again with force, with a new key and the old items of the guest still there", async () => {
    const handshake = await prepare();
    await handshake.run({ guest_host_name: "first" });
    const vm = simulation.vm("web02");
    simulation.fleet.power.turnOffVm(simulation.host(), vm);
    const old = await handshake.call("status");
    expect(old.outputs).toMatchObject({ vm_state: "off", guest_state: "provisioningapplied" });
    const begun = await handshake.begin({ force: true });
    expect(begun.outputs).toEqual({
      vm_name: "web02",
      stale_key_fingerprint: old.outputs.key_fingerprint,
    });
    await handshake.publish(await handshake.guestKey(), { guest_host_name: "second" });
    await handshake.call("announce");
    await handshake.guestState("provisioningapplied");
    expect(system().applied).toEqual({ guest_host_name: "second" });
  });

  test("the marker in the Notes ends as a line of provenance, and the rest of the text stays", async () => {
    const handshake = await prepare();
    const vm = simulation.vm("web02");
    vm.notes =
      'Ours.\n--- aetherv begin ---\n{"deployment_id":"d-1","step":3}\n--- aetherv end ---\nAlso ours.';
    const context = { deployment_id: "d-1", step: 4, steps: 4, request: {} };
    const spec = { vm_id: vm.id, completed: true };
    await simulation.call({ agent: "initialization", operation: "finish", spec, context });
    expect(vm.notes).toMatch(
      /^Ours\.\n--- aetherv begin ---\n\{"deployment_id":"d-1","completed":"[^"]+Z"\}\n--- aetherv end ---\nAlso ours\.$/,
    );
    expect((await handshake.call("finish")).outputs.removed).toBe(0);
  });
});

describe("a guest that does not play along", () => {
  test("reports what failed, and keeps nothing", async () => {
    const handshake = await prepare();
    simulation.fleet.faults.add({ host: "hv01", kind: "guest_fails", error: "error join:domain" });
    await handshake.begin();
    await handshake.publish(await handshake.guestKey(), DIFFICULT);
    await handshake.call("announce");
    const status = await handshake.guestState("provisioningfailed");
    expect(status).toMatchObject({ vm_state: "running", guest_error: "error join:domain" });
    expect(system().applied).toBeNull();
  });

  test("finds out that a value was changed on the way", async () => {
    const handshake = await prepare();
    await handshake.begin();
    await handshake.publish(await handshake.guestKey(), { guest_domain_join_ou: "OU=Servers" });
    const name = "hlvmm.data.guest_domain_join_ou";
    const bytes = Buffer.from(hostItems().get(name) ?? "", "base64");
    bytes.writeUInt8(bytes.readUInt8(0) ^ 0x17, 0);
    simulation.fleet.kvp.modifyItems(simulation.vm("web02"), [[name, bytes.toString("base64")]]);
    await handshake.call("announce");
    expect((await handshake.guestState("provisioningfailed")).guest_error).toBe("error verify:checksum");
  });

  test.each(["silent", "of another version"])("says nothing when it is %s", async (how) => {
    const handshake = await prepare();
    if (how === "silent")
      simulation.fleet.faults.add({ host: "hv01", kind: "guest_silent", vm_name: "web02" });
    else system().provisioningVersion = "2.0.0";
    await handshake.begin();
    await vi.waitFor(() => expect(simulation.vm("web02").adapters[0]?.ipAddresses).toHaveLength(1), PATIENCE);
    expect((await handshake.call("status")).outputs).toEqual({
      vm_state: "running",
      host_state: "waitingforpublickey",
      guest_state: null,
      key_fingerprint: null,
      guest_error: null,
    });
  });
});

describe("refusals", () => {
  test("of begin: a VM that is not off, and one that was initialized before", async () => {
    const handshake = await prepare();
    await handshake.begin();
    expect((await handshake.begin()).error?.code).toBe("vm_not_off");
    simulation.fleet.power.turnOffVm(simulation.host(), simulation.vm("web02"));
    const items = hostItems();
    expect((await handshake.begin()).error).toMatchObject({ code: "already_initialized", target: "vm_id" });
    expect(hostItems()).toEqual(items);
    expect(simulation.vm("web02").state).toBe("off");
  });

  test("of begin: more memory than is left is Hyper-V's own error", async () => {
    const handshake = await prepare();
    simulation.vm("web02").memoryStartupBytes = 2 ** 40;
    const result = await handshake.begin();
    expect(result.error?.code).toBe("hyperv_error");
    expect(result.error?.message).toContain("Not enough memory");
    expect(hostItems().size).toBe(0);
  });

  test("of publish: another key than the one that was seen, and bytes that are no key", async () => {
    const handshake = await prepare();
    await handshake.begin();
    const fingerprint = await handshake.guestKey();
    const vm = simulation.vm("web02");
    const before = hostItems();
    expect((await handshake.publish("0".repeat(64), DIFFICULT)).error?.code).toBe("guest_key_changed");
    simulation.fleet.kvp.setGuestItem(vm, "hlvmm.meta.guest_provisioning_public_key", "MAMCAQU=");
    expect((await handshake.publish(fingerprint, DIFFICULT)).error?.code).toBe("guest_key_changed");
    expect((await handshake.call("publish", { os_family: "linux", key_fingerprint: "0" })).error?.code).toBe(
      "invalid_request",
    );
    const status = await handshake.call("status");
    const unsupported = await handshake.publish(String(status.outputs.key_fingerprint), DIFFICULT);
    expect(unsupported.error?.code).toBe("guest_key_unsupported");
    expect(hostItems()).toEqual(before);
  });

  test("of publish: a value too long for Windows, or for thirty chunks", async () => {
    const windows = await prepare("windows");
    const long = { guest_la_pw: "x".repeat(720) };
    const answer = await windows.publish("0".repeat(64), long);
    expect(answer.error).toMatchObject({ code: "invalid_request", target: "guest_la_pw" });
    const linux = new Handshake(simulation, simulation.vm("web02").id, "linux");
    const longer = await linux.publish("0".repeat(64), { key: "x".repeat(3001) });
    expect(longer.error).toMatchObject({ code: "invalid_request", target: "key" });
  });

  test("of KVP: Hyper-V takes no items", async () => {
    const handshake = await prepare();
    simulation.vm("web02").dataExchangeEnabled = false;
    expect((await handshake.begin()).error?.code).toBe("kvp_write_failed");
    expect(simulation.vm("web02").state).toBe("off");
    simulation.vm("web02").dataExchangeEnabled = true;
    await handshake.begin();
    const fingerprint = await handshake.guestKey();
    const refuse = () => simulation.fleet.faults.add({ host: "hv01", kind: "kvp_refused", vm_name: "web02" });
    refuse();
    expect((await handshake.publish(fingerprint, DIFFICULT)).error?.code).toBe("kvp_write_failed");
    refuse();
    expect((await handshake.call("announce")).error?.code).toBe("kvp_write_failed");
    await handshake.publish(fingerprint, DIFFICULT);
    refuse();
    expect((await handshake.call("finish")).error?.code).toBe("kvp_write_failed");
  });

  test.each(["begin", "status", "publish", "announce", "finish"])(
    "of %s: a VM that is not there",
    async (operation) => {
      const handshake = new Handshake(simulation, "00000000-0000-4000-8000-000000000000", "linux");
      const spec = { os_family: "linux", meta_version: "1.0.0", key_fingerprint: "0" };
      expect((await handshake.call(operation, spec)).error).toMatchObject({
        code: "vm_not_found",
        target: "vm_id",
      });
    },
  );
});

test("a host that loses power takes its guests along, and they come back with it", async () => {
  const handshake = await prepare();
  await handshake.begin();
  const fingerprint = await handshake.guestKey();
  simulation.fleet.power.setHostPower(simulation.host(), false);
  expect(simulation.vm("web02").state).toBe("off");
  expect(simulation.vm("build-old").state).toBe("off");
  simulation.fleet.power.setHostPower(simulation.host(), true);
  expect(simulation.vm("web02").state).toBe("running");
  expect(simulation.vm("build-old").state).toBe("off");
  await vi.waitFor(async () => expect(await handshake.guestKey()).not.toBe(fingerprint), PATIENCE);
});
