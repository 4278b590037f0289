import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { VmRecord } from "@/lib/domain/inventory";
import { type ChangeableVm, changeableVm, DISK_ID, NIC_ID } from "@/tests/support/changeable-vm";
import { vmRecord } from "@/tests/support/fake-records";
import { thrownBy } from "@/tests/support/thrown-by";
import type { PreparedJob } from "./prepared-job";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what is refused before anything is sent", () => {
  const running = { state: "running" } as const;
  it.each<[string, Partial<VmRecord>, (there: ChangeableVm) => PreparedJob, string, string[]]>([
    [
      "processors of a VM that runs",
      running,
      ({ vms, vm }) => vms.update(vm.vm_id, { cpu_cores: 4 }),
      "vm_not_off",
      ["/cpu_cores"],
    ],
    [
      "less memory for a VM that runs",
      running,
      ({ vms, vm }) => vms.update(vm.vm_id, { gb_ram: 1 }),
      "vm_not_off",
      ["/gb_ram"],
    ],
    [
      "more memory than the host has",
      running,
      ({ vms, vm }) => vms.update(vm.vm_id, { gb_ram: 200 }),
      "insufficient_memory",
      ["/gb_ram"],
    ],
    [
      "more processors than the host has",
      {},
      ({ vms, vm }) => vms.update(vm.vm_id, { cpu_cores: 17 }),
      "invalid_request",
      ["/cpu_cores"],
    ],
    [
      "a name that a VM has",
      {},
      ({ vms, vm }) => vms.update(vm.vm_id, { vm_name: "OTHER" }),
      "vm_name_taken",
      ["/vm_name"],
    ],
    [
      "deleting a VM that runs",
      running,
      ({ vms, vm }) => vms.delete(vm.vm_id, { delete_files: false, turn_off: false }),
      "vm_not_off",
      [""],
    ],
    [
      "deleting a VM with checkpoints",
      { checkpoints: 1 },
      ({ vms, vm }) => vms.delete(vm.vm_id, { delete_files: false, turn_off: true }),
      "vm_has_checkpoints",
      [""],
    ],
    [
      "resuming a VM that runs not paused",
      {},
      ({ vms, vm }) => vms.power(vm.vm_id, "resume"),
      "power_action_not_allowed",
      ["/action"],
    ],
    [
      "a smaller disk",
      {},
      ({ disks, vm }) => disks.update(vm.vm_id, DISK_ID, { size_gb: 10 }),
      "disk_would_shrink",
      ["/size_gb"],
    ],
    [
      "growing a disk with checkpoints",
      { checkpoints: 2 },
      ({ disks, vm }) => disks.update(vm.vm_id, DISK_ID, { size_gb: 50 }),
      "vm_has_checkpoints",
      ["/size_gb"],
    ],
    [
      "removing a disk of a paused VM",
      { state: "paused" },
      ({ disks, vm }) => disks.delete(vm.vm_id, DISK_ID, { delete_file: true }),
      "vm_not_off",
      [""],
    ],
    [
      "a network that is not there",
      {},
      ({ nics, vm }) => nics.update(vm.vm_id, NIC_ID, { network: "dmz" }),
      "network_not_found",
      ["/network"],
    ],
    [
      "another MAC address while it runs",
      running,
      ({ nics, vm }) => nics.update(vm.vm_id, NIC_ID, { mac_address: "00-15-5D-0A-0B-0C" }),
      "vm_not_off",
      ["/mac_address"],
    ],
    [
      "removing an adapter of an old VM that runs",
      { ...running, generation: 1 },
      ({ nics, vm }) => nics.delete(vm.vm_id, NIC_ID),
      "vm_not_off",
      [""],
    ],
    [
      "two fields at once",
      running,
      ({ vms, vm }) => vms.update(vm.vm_id, { cpu_cores: 4, gb_ram: 1 }),
      "vm_not_off",
      ["/gb_ram", "/cpu_cores"],
    ],
  ])("%s", async (_, state, prepare, code, pointers) => {
    const there = await changeableVm(state);
    there.hypervisor.inventory("hv02").vms.push(vmRecord("other"));
    await there.inventory.refresh();
    const error = thrownBy(() => prepare(there).check());
    expect(error).toMatchObject({ code });
    expect((error as AethervError).fields.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(thrownBy(() => prepare(there).start("operator"))).toMatchObject({ code });
    expect(there.jobs.unfinished()).toEqual([]);
  });

  it("is nothing that is there already", async () => {
    const { vms, nics, disks, vm } = await changeableVm({ state: "running" });
    vms.update(vm.vm_id, { vm_name: "web-01", gb_ram: 4, cpu_cores: 2 }).check();
    vms.update(vm.vm_id, { vm_name: "WEB-01" }).check();
    vms.power(vm.vm_id, "start").check();
    nics.update(vm.vm_id, NIC_ID, { network: "Production", mac_address: "00-15-5d-01-02-03" }).check();
    disks.update(vm.vm_id, DISK_ID, { size_gb: 20 }).check();
  });

  it("is no state of long ago", async () => {
    const { hypervisor, inventory, vms, vm } = await changeableVm({ state: "running" });
    hypervisor.failNext("readInventory", new AethervError("host_unreachable", "It is down."));
    await inventory.refresh("hv01");
    vms.update(vm.vm_id, { cpu_cores: 4 }).check();
  });

  it("is a name that an unfinished job is about to give", async () => {
    const { hypervisor, vms, vm } = await changeableVm();
    const releaseAll = [hypervisor.holdNext("updateVm"), hypervisor.holdNext("updateVm")];
    vms.update(vm.vm_id, { vm_name: "web-09" }).start("operator");
    vms.update(vm.vm_id, { cpu_cores: 4 }).start("operator");
    expect(vms.nameProblem("WEB-09")).toMatch(/about to give a VM on hv01 this name/);
    expect(vms.nameProblem("undefined")).toBeNull();
    for (const release of releaseAll) release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vms.nameProblem("web-01")).toBeNull();
  });

  it("knows which VMs, disks and adapters there are", async () => {
    const { vms, disks, nics, vm } = await changeableVm();
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(thrownBy(() => vms.power(nobody, "start"))).toMatchObject({ code: "vm_not_found" });
    expect(thrownBy(() => disks.update(vm.vm_id, nobody, { size_gb: 30 }))).toMatchObject({
      code: "disk_not_found",
    });
    expect(thrownBy(() => nics.delete(vm.vm_id, nobody))).toMatchObject({ code: "nic_not_found" });
  });
});
