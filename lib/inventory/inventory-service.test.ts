import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import { FakeHypervisor, vmRecord } from "@/tests/support/fake-hypervisor";
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
    hypervisor.inventory("hv01").vms.push(vm);
    await vi.advanceTimersByTimeAsync(1_000);
    await inventory.refresh("hv01");
    expect(inventory.vms()).toMatchObject([{ vm_name: "web-01", host: "hv01" }]);
    expect(inventory.vm(vm.vm_id.toUpperCase()).host).toBe("hv01");
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
    expect(names(inventory)).toEqual(["web-01"]);
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

  it("names what it does not know", () => {
    const inventory = inventoryOf(new FakeHypervisor());
    expect(thrownBy(() => inventory.host("hv99")).code).toBe("host_not_found");
    expect(thrownBy(() => inventory.vm("1")).code).toBe("vm_not_found");
  });
});
