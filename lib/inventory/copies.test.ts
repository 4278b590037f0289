import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { VmState } from "@/lib/domain/inventory";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { vmRecord } from "@/tests/support/fake-records";
import { hostConfig, provisioning } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A VM on hv01, and afterwards another one of the same id on hv02. */
async function withCopy(states: { hv01: VmState; hv02: VmState }) {
  const hypervisor = new FakeHypervisor("hv01", "hv02", "hv03");
  const vm = vmRecord("web-01", { state: states.hv01 });
  const services = provisioning(hypervisor, ["hv01", "hv02", "hv03"].map(hostConfig));
  const { inventory } = services;
  hypervisor.inventory("hv01").vms.push(vm);
  await inventory.refresh();
  const copy = vmRecord("web-01", { vm_id: vm.vm_id, state: states.hv02 });
  hypervisor.inventory("hv02").vms.push(copy);
  const read = async (...hosts: string[]) => {
    for (const host of hosts) await inventory.refresh(host);
    await vi.advanceTimersByTimeAsync(0);
  };
  const places = () => inventory.vms().map(({ host, also_on }) => [host, ...also_on]);
  return { ...services, hypervisor, vm, read, places };
}

describe("a VM whose id two hosts tell of", () => {
  it("stays where it runs, whichever host was read last, and names the other one", async () => {
    const { inventory, hypervisor, read, places } = await withCopy({ hv01: "running", hv02: "off" });
    await read("hv02");
    for (const host of ["hv01", "hv02", "hv02", "hv01", "hv03", "hv02"]) {
      await read(host);
      expect(places()).toEqual([["hv01", "hv02"]]);
    }
    expect(inventory.hosts().map(({ vm_count }) => vm_count)).toEqual([1, 0, 0]);
    const reads = hypervisor.count("readInventory");
    await read("hv02");
    expect(hypervisor.count("readInventory"), "nothing is left to find out").toBe(reads + 1);
  });

  it.each([
    [{ hv01: "off", hv02: "off" }, "hv01"],
    [{ hv01: "off", hv02: "running" }, "hv02"],
  ] as const)("in the states %j counts on %s", async (states, host) => {
    const { read, places } = await withCopy(states);
    await read("hv02", "hv01", "hv02");
    expect(places()).toEqual([[host, host === "hv01" ? "hv02" : "hv01"]]);
  });

  it.each(["hv01", "hv02"])("is one VM again once %s has it no more", async (host) => {
    const { inventory, hypervisor, vm, read, places } = await withCopy({ hv01: "running", hv02: "off" });
    await read("hv02", "hv01", "hv02");
    const revision = inventory.revisionOf("hv01");
    hypervisor.inventory(host).vms.splice(0);
    await read(host, host);
    expect(places()).toEqual([[host === "hv01" ? "hv02" : "hv01"]]);
    expect(inventory.vm(vm.vm_id).missing_since).toBeNull();
    expect(inventory.revisionOf("hv01")).not.toBe(revision);
  });

  it("is not changed, for it might be the wrong one", async () => {
    const { vms, nics, initializations, vm, read, hypervisor } = await withCopy({ hv01: "off", hv02: "off" });
    await read("hv02", "hv01", "hv02");
    for (const job of [
      () => vms.power(vm.vm_id, "start"),
      () => vms.delete(vm.vm_id, { delete_files: false, turn_off: false }),
      () => vms.update(vm.vm_id, { cpu_cores: 4 }),
      () => nics.create(vm.vm_id, { network: "production" }),
      () => initializations.create(vm.vm_id, { os_family: "linux" }),
    ]) {
      const refusal = thrownBy(() => job().check());
      expect(refusal).toMatchObject({ code: "vm_on_several_hosts" });
      expect(refusal.message).toContain("hv01 and hv02");
    }
    hypervisor.inventory("hv02").vms.splice(0);
    await read("hv02");
    expect(() => vms.power(vm.vm_id, "start").check()).not.toThrow();
  });

  it("is one that has moved, if its host was read without it", async () => {
    const { hypervisor, read, places } = await withCopy({ hv01: "running", hv02: "running" });
    hypervisor.inventory("hv01").vms.splice(0);
    await read("hv02", "hv01", "hv02", "hv01", "hv02");
    expect(places()).toEqual([["hv02"]]);
  });
});
