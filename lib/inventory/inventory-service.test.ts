import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { vmRecord } from "@/tests/support/fake-records";
import { hostConfig } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";
import { InventoryService } from "./inventory-service";

const DOWN = new AethervError("host_unreachable", "hv01 does not answer.");

function inventoryOf(hypervisor: FakeHypervisor) {
  const hosts = [...hypervisor.hosts.keys()].map(hostConfig);
  return new InventoryService({ hosts, hypervisor, periodSeconds: 60, diskRereadSeconds: 600 });
}

const names = (inventory: InventoryService) => inventory.vms().map(({ vm_name }) => vm_name);
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-01-02T03:04:05Z") });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("InventoryService", () => {
  it("is pending until each host was read or found not to answer", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    hypervisor.failNext("readInventory", DOWN);
    const inventory = inventoryOf(hypervisor);
    expect(inventory.hosts().map(({ state }) => state)).toEqual(["pending", "pending"]);
    expect(inventory.firstPassDone()).toBe(false);
    inventory.start();
    await settled();
    expect(inventory.firstPassDone()).toBe(true);
    expect(inventory.host("hv01")).toMatchObject({
      state: "unreachable",
      as_of: null,
      record: null,
      error: {
        code: "host_unreachable",
        message: "hv01 does not answer.",
        since: "2026-01-02T03:04:05.000Z",
      },
    });
    expect(inventory.host("hv02")).toMatchObject({ state: "online", error: null, age_ms: 0 });
    inventory.stop();
  });

  it("reads each host again on the period, give or take a tenth", async () => {
    const hypervisor = new FakeHypervisor();
    const inventory = inventoryOf(hypervisor);
    inventory.start();
    await settled();
    await vi.advanceTimersByTimeAsync(53_000);
    expect(hypervisor.count("readInventory")).toBe(1);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(hypervisor.count("readInventory")).toBe(2);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(hypervisor.count("readInventory")).toBeGreaterThanOrEqual(10);
    inventory.stop();
    const before = hypervisor.count("readInventory");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(hypervisor.count("readInventory")).toBe(before);
  });

  it("keeps what it knew when a read fails, with its age and the reason, and recovers", async () => {
    const hypervisor = new FakeHypervisor();
    hypervisor.inventory("hv01").vms.push(vmRecord("web-01"));
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    await vi.advanceTimersByTimeAsync(5_000);
    hypervisor.failNext("readInventory", DOWN);
    await inventory.refresh("hv01");
    expect(inventory.host("hv01")).toMatchObject({ state: "unreachable", age_ms: 5_000, vm_count: 1 });
    expect(inventory.vms()).toMatchObject([{ vm_name: "web-01", stale: true, age_ms: 5_000 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    hypervisor.failNext("readInventory", DOWN);
    await inventory.refresh("hv01");
    expect(inventory.host("hv01").error?.since).toBe("2026-01-02T03:04:10.000Z");
    await inventory.refresh("hv01");
    expect(inventory.host("hv01")).toMatchObject({ state: "online", error: null, age_ms: 0 });
  });

  it("asks a host that does not answer again soon, then less and less often, and says when", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const hypervisor = new FakeHypervisor();
    for (let failure = 0; failure < 3; failure += 1) hypervisor.failNext("readInventory", DOWN);
    const inventory = inventoryOf(hypervisor);
    inventory.start();
    await settled();
    expect(inventory.host("hv01").next_read_at).toBe("2026-01-02T03:04:10.000Z");
    for (const [wait, reads] of [
      [4_999, 1],
      [1, 2],
      [9_999, 2],
      [1, 3],
      [19_999, 3],
      [1, 4],
    ] as const) {
      await vi.advanceTimersByTimeAsync(wait);
      expect(hypervisor.count("readInventory")).toBe(reads);
    }
    expect(inventory.host("hv01")).toMatchObject({ state: "online", error: null });
    inventory.stop();
  });

  it("reads a host before its time for who looks at it, once what is known is old", async () => {
    const hypervisor = new FakeHypervisor();
    const inventory = inventoryOf(hypervisor);
    const look = async (times = 1) => {
      for (let time = 0; time < times; time += 1) inventory.lookedAt("hv01");
      await settled();
      return hypervisor.count("readInventory");
    };
    inventory.start();
    expect(await look()).toBe(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await look()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    const release = hypervisor.holdNext("readInventory");
    expect(await look(3), "one read at a time").toBe(2);
    release();
    await vi.advanceTimersByTimeAsync(15_001);
    hypervisor.failNext("readInventory", DOWN);
    expect(await look(3)).toBe(3);
    expect(inventory.host("hv01").state).toBe("unreachable");
    expect(await look(3), "who does not answer is asked at its own times").toBe(3);
    inventory.stop();
  });

  it("reads the others on while one host hangs", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    hypervisor.holdNext("readInventory");
    const inventory = inventoryOf(hypervisor);
    inventory.start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(inventory.host("hv01")).toMatchObject({ state: "pending", as_of: null });
    expect(inventory.host("hv02").state).toBe("online");
    expect(inventory.host("hv02").age_ms).toBeLessThan(67_000);
    expect(hypervisor.calls.filter(({ host }) => host === "hv01")).toHaveLength(1);
    inventory.stop();
  });

  it("tells what a read cost", async () => {
    const inventory = inventoryOf(new FakeHypervisor());
    await inventory.refresh();
    expect(inventory.host("hv01").refresh).toEqual({
      duration_ms: 0,
      round_trips: 8,
      received_bytes: 10_000,
    });
  });

  it("names the disks that it knows, until a job on their VM has ended", async () => {
    const hypervisor = new FakeHypervisor();
    const disks = [{ disk_id: "d", path: "C:\\web.vhdx", size_bytes: 1, file_bytes: 1 }];
    const vm = vmRecord("web-01", { disks });
    hypervisor.inventory("hv01").vms.push(vm);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    await inventory.refresh();
    inventory.forgetDisks(vm.vm_id);
    await inventory.refresh();
    expect(hypervisor.knownDisks).toEqual([[], ["C:\\web.vhdx"], []]);
  });

  it.each([
    ["told with its id", true],
    ["told without even its id", false],
  ])("keeps a VM that can no longer be read as it was known last, %s", async (_, withId) => {
    const hypervisor = new FakeHypervisor();
    const vm = vmRecord("web-01");
    hypervisor.inventory("hv01").vms.push(vm);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    hypervisor.inventory("hv01").vms.pop();
    const unread = { vm_id: withId ? vm.vm_id : null, vm_name: "web-01", reason: "uptime_ms: is wrong" };
    hypervisor.inventory("hv01").unread_vms.push(unread);
    await vi.advanceTimersByTimeAsync(5_000);
    await inventory.refresh();
    await settled();
    expect(inventory.vms()).toMatchObject([{ vm_name: "web-01", missing_since: null, age_ms: 5_000 }]);
    expect(inventory.host("hv01")).toMatchObject({ state: "online", age_ms: 0, unread_vms: [unread] });
    hypervisor.inventory("hv01").unread_vms.pop();
    await inventory.refresh();
    await inventory.refresh();
    expect(inventory.vms()).toEqual([]);
  });

  it("orders the VMs of all hosts by name, whatever its case", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    hypervisor.inventory("hv01").vms.push(vmRecord("web-02"), vmRecord("db-01"));
    hypervisor.inventory("hv02").vms.push(vmRecord("Web-01"));
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    expect(names(inventory)).toEqual(["db-01", "Web-01", "web-02"]);
  });

  it("lists a VM that moves once, where the newer read has it", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    const vm = vmRecord("web-01");
    hypervisor.inventory("hv02").vms.push(vm);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh("hv02");
    hypervisor.inventory("hv02").vms.splice(0);
    hypervisor.inventory("hv01").vms.push(vm);
    await vi.advanceTimersByTimeAsync(1_000);
    await inventory.refresh("hv01");
    expect(inventory.vms()).toMatchObject([{ vm_name: "web-01", host: "hv01", also_on: [] }]);
    expect(inventory.vm(vm.vm_id.toUpperCase()).host).toBe("hv01");
  });

  it("keeps a VM that its host has no more until all that may have it were read, and reads them at once", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02", "hv03");
    const vm = vmRecord("web-01");
    hypervisor.inventory("hv01").vms.push(vm);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    hypervisor.inventory("hv01").vms.pop();
    const release = hypervisor.holdNext("readInventory");
    await vi.advanceTimersByTimeAsync(1_000);
    const read = inventory.refresh("hv01");
    hypervisor.failNext("readInventory", DOWN);
    release();
    await read;
    expect(inventory.vm(vm.vm_id)).toMatchObject({
      host: "hv01",
      as_of: "2026-01-02T03:04:05.000Z",
      missing_since: "2026-01-02T03:04:06.000Z",
    });
    expect(inventory.host("hv01").vm_count).toBe(1);
    await settled();
    // One of the three did not answer: it may have the VM.
    expect(hypervisor.count("readInventory")).toBe(7);
    expect(names(inventory)).toEqual(["web-01"]);
    await inventory.refresh();
    expect(names(inventory)).toEqual([]);
    expect(inventory.host("hv01").vm_count).toBe(0);
    expect(thrownBy(() => inventory.vm(vm.vm_id)).code).toBe("vm_not_found");
  });

  it("takes out a VM that AetherV has deleted at once, whatever a read says that began before", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    const vm = vmRecord("web-01");
    hypervisor.inventory("hv01").vms.push(vm);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    const release = hypervisor.holdNext("readInventory");
    const early = inventory.refresh("hv01");
    await settled();
    const { revision } = inventory;
    inventory.deleted(vm.vm_id);
    expect(names(inventory)).toEqual([]);
    expect(inventory.host("hv01").vm_count).toBe(0);
    release();
    await early;
    expect(names(inventory)).toEqual([]);
    expect(inventory.changes(revision).removed_vms).toEqual([vm.vm_id]);
    hypervisor.inventory("hv01").vms.pop();
    await inventory.refresh("hv01");
    await settled();
    expect(hypervisor.calls.filter(({ host }) => host === "hv02")).toHaveLength(1);
    hypervisor.inventory("hv01").vms.push(vm);
    await inventory.refresh("hv01");
    expect(names(inventory)).toEqual(["web-01"]);
    inventory.deleted("unknown");
  });

  it("finds a VM that was moved before its new host was read, under its new name", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    const vm = vmRecord("web-01");
    hypervisor.inventory("hv01").vms.push(vm);
    const inventory = inventoryOf(hypervisor);
    await inventory.refresh();
    hypervisor.inventory("hv01").vms.pop();
    hypervisor.inventory("hv02").vms.push({ ...vm, vm_name: "web-02" });
    await inventory.refresh("hv01");
    await settled();
    expect(inventory.vms()).toMatchObject([{ vm_name: "web-02", host: "hv02", missing_since: null }]);
  });

  it("answers demands while a read runs with one more read that begins afterwards", async () => {
    const hypervisor = new FakeHypervisor();
    const release = hypervisor.holdNext("readInventory");
    const inventory = inventoryOf(hypervisor);
    void inventory.refresh();
    await settled();
    const later = Promise.all([inventory.refresh(), inventory.refresh(), inventory.refresh()]);
    expect(hypervisor.count("readInventory")).toBe(1);
    release();
    await later;
    expect(hypervisor.count("readInventory")).toBe(2);
  });

  it("shows a VM read by itself at once, and trusts only whole reads that began later", async () => {
    const hypervisor = new FakeHypervisor();
    const inventory = inventoryOf(hypervisor);
    const release = hypervisor.holdNext("readInventory");
    const early = inventory.refresh();
    await vi.advanceTimersByTimeAsync(10);
    inventory.note("hv01", vmRecord("web-01"));
    expect(names(inventory)).toEqual(["web-01"]);
    release();
    await early;
    expect(inventory.vms()).toMatchObject([{ vm_name: "web-01", missing_since: null }]);
    await vi.advanceTimersByTimeAsync(10);
    await inventory.refresh();
    await settled();
    expect(names(inventory)).toEqual([]);
  });

  it("tells its listeners of good reads only", async () => {
    const hypervisor = new FakeHypervisor();
    const inventory = inventoryOf(hypervisor);
    const reads: string[] = [];
    inventory.onRead((host) => reads.push(host));
    hypervisor.failNext("readInventory", DOWN);
    await inventory.refresh();
    expect(reads).toEqual([]);
    await inventory.refresh();
    expect(reads).toEqual(["hv01"]);
  });

  it("says once that a host does not answer, anew for another reason, and once that it answers again", async () => {
    const hypervisor = new FakeHypervisor("hv01");
    const inventory = inventoryOf(hypervisor);
    const told: (string | null)[] = [];
    inventory.onAnswering((host, failure) => told.push(host, failure?.code ?? null));
    await inventory.refresh();
    for (const code of ["host_unreachable", "host_unreachable", "host_authentication_failed"] as const) {
      hypervisor.failNext("readInventory", new AethervError(code, "It does not answer."));
      await inventory.refresh();
    }
    await inventory.refresh();
    await inventory.refresh();
    expect(told).toEqual(["hv01", "host_unreachable", "hv01", "host_authentication_failed", "hv01", null]);
  });

  it("names what it does not know", () => {
    const inventory = inventoryOf(new FakeHypervisor());
    expect(thrownBy(() => inventory.host("hv99")).code).toBe("host_not_found");
    expect(thrownBy(() => inventory.vm("1")).code).toBe("vm_not_found");
  });
});
