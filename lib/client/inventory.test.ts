import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InventoryChanges, VmSummary } from "@/lib/domain/inventory";
import { summaryOf } from "@/lib/inventory/vm-summary";
import { vmRecord } from "@/tests/support/fake-records";
import { hostWith } from "@/tests/support/host-views";
import { type Inventory, takeIn } from "./inventory";

const seed = Date.now() % 2 ** 31;

const vm = (id: string, name: string, host = "hv01"): VmSummary =>
  summaryOf(vmRecord(name, { vm_id: id }), host, null);
const told = (changes: Partial<InventoryChanges>): InventoryChanges => ({
  revision: "run.2",
  complete: false,
  hosts: [],
  vms: [],
  removed_vms: [],
  ...changes,
});
const FIRST = told({
  revision: "run.1",
  complete: true,
  hosts: [hostWith("hv02"), hostWith("hv01")],
  vms: [vm("1", "vm10"), vm("2", "vm2"), vm("3", "VM1")],
});
const names = ({ vms }: Inventory) => vms.map(({ vm_name }) => vm_name);

describe("taking in what has changed", () => {
  const known = takeIn(undefined, FIRST);

  it("keeps hosts as configured and orders VMs by name as people do", () => {
    expect(known.hosts.map(({ name }) => name)).toEqual(["hv02", "hv01"]);
    expect(names(known)).toEqual(["VM1", "vm2", "vm10"]);
    expect(known.vmById.get("2")?.vm_name).toBe("vm2");
    expect(known.hostByName.get("hv01")?.name).toBe("hv01");
  });

  it("replaces, adds and removes, and keeps the identity of the rest", () => {
    const changed = { ...vm("2", "vm2"), state: "running" as const };
    const next = takeIn(known, told({ vms: [changed, vm("4", "vm3")], removed_vms: ["1", "unknown"] }));
    expect(names(next)).toEqual(["VM1", "vm2", "vm3"]);
    expect(next.revision).toBe("run.2");
    expect(next.vms[0]).toBe(known.vms[0]);
    expect(next.vmById.get("2")).toBe(changed);
    expect(next.vmById.has("1")).toBe(false);
    expect(next.hosts).toBe(known.hosts);
    expect(names(known)).toEqual(["VM1", "vm2", "vm10"]);
  });

  it("finds a new place for a VM that was renamed", () => {
    expect(names(takeIn(known, told({ vms: [vm("3", "vm9")] })))).toEqual(["vm2", "vm9", "vm10"]);
  });

  it("leaves the VMs alone where only a host has changed, and the host in its place", () => {
    const next = takeIn(known, told({ hosts: [hostWith("hv02", {}, { vm_count: 7 })] }));
    expect(next.hosts.map(({ name, vm_count }) => [name, vm_count])).toEqual([
      ["hv02", 7],
      ["hv01", 0],
    ]);
    expect(next.vms).toBe(known.vms);
    expect(next.vmById).toBe(known.vmById);
  });

  it("keeps all that is the same when a server that was restarted tells everything anew", () => {
    const again = structuredClone(FIRST);
    for (const host of again.hosts) host.age_ms = 5_000;
    const next = takeIn(known, { ...again, revision: "other.1" });
    expect(next.revision).toBe("other.1");
    expect(next.hosts).toBe(known.hosts);
    expect(next.vms).toBe(known.vms);
  });

  it(`ends where everything told at once ends (seed ${seed})`, () => {
    const one = fc.tuple(fc.nat(9).map(String), fc.nat(30));
    const answers = fc.array(
      fc.record({ vms: fc.uniqueArray(one, { selector: ([id]) => id }), gone: fc.nat(9) }),
    );
    fc.assert(
      fc.property(answers, (sequence) => {
        const truth = new Map<string, VmSummary>();
        let page = takeIn(undefined, told({ complete: true }));
        for (const { vms, gone } of sequence) {
          const summaries = vms.filter(([id]) => id !== String(gone)).map(([id, n]) => vm(id, `vm${n}`));
          for (const summary of summaries) truth.set(summary.vm_id, summary);
          truth.delete(String(gone));
          page = takeIn(page, told({ vms: summaries, removed_vms: [String(gone)] }));
        }
        const whole = takeIn(undefined, told({ complete: true, vms: [...truth.values()] }));
        expect(page.vms).toEqual(whole.vms);
        expect(new Map(page.vmById)).toEqual(new Map(whole.vmById));
      }),
      { seed },
    );
  });
});
