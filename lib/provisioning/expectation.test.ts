import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GB } from "@/lib/domain/units";
import { changeableVm, LOST } from "@/tests/support/changeable-vm";
import { thrownBy } from "@/tests/support/thrown-by";
import { versionOfVm } from "./version";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a change that was decided on what somebody saw", () => {
  it("is made while that is still so", async () => {
    const there = await changeableVm();
    const expected = { versions: ["another", versionOfVm(there.vm)] };
    const job = await there.run(there.vms.update(there.vm.vm_id, { gb_ram: 8 }, expected));
    expect(job.state).toBe("succeeded");
  });

  it("is refused once inventory knows better", async () => {
    const there = await changeableVm();
    const expected = { versions: [versionOfVm(there.vm)] };
    there.vm.cpu_cores = 8;
    await there.inventory.refresh();
    const late = there.vms.update(there.vm.vm_id, { gb_ram: 8 }, expected);
    expect(thrownBy(() => late.check())).toMatchObject({ code: "vm_changed", status: 412 });
  });

  it("is not sent when its host knows better", async () => {
    const there = await changeableVm();
    const expected = { versions: [versionOfVm(there.vm)] };
    const { job_id } = there.vms.update(there.vm.vm_id, { gb_ram: 8 }, expected).start("operator");
    there.vm.cpu_cores = 8;
    await vi.advanceTimersByTimeAsync(0);
    expect(there.jobs.get(job_id)).toMatchObject({ state: "failed", error: { code: "vm_changed" } });
    expect(there.hypervisor.count("updateVm")).toBe(0);
    expect(there.inventory.vm(there.vm.vm_id).cpu_cores).toBe(8);
  });

  it("does not count what a VM does by itself", async () => {
    const { vm } = await changeableVm({ state: "running" });
    const before = versionOfVm(vm);
    const later = {
      ...vm,
      uptime_ms: 5_000,
      cpu_load_percent: 80,
      memory_assigned_bytes: 7 * GB,
      nics: vm.nics.map((nic) => ({ ...nic, ip_addresses: ["10.0.0.5"] })),
      disks: vm.disks.map((disk) => ({ ...disk, file_bytes: 9 * GB })),
    };
    expect(versionOfVm(later)).toBe(before);
    expect(versionOfVm({ ...vm, state: "off" })).not.toBe(before);
  });

  it("fails when the look before it fails, and says that nothing was changed", async () => {
    const there = await changeableVm();
    there.hypervisor.failNext("readVm", LOST);
    const expected = { versions: [versionOfVm(there.vm)] };
    const job = await there.run(there.vms.power(there.vm.vm_id, "start", expected));
    expect(job).toMatchObject({
      state: "failed",
      error: { code: "contact_lost", next: expect.stringMatching(/^Nothing was changed/) },
    });
    expect(there.hypervisor.count("powerVm")).toBe(0);
  });
});
