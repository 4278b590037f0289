import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GB } from "@/lib/domain/units";
import {
  type ChangeableVm,
  changeableVm,
  DISK_ID,
  DISK_PATH,
  LOST,
  NIC_ID,
} from "@/tests/support/changeable-vm";
import type { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import type { PreparedJob } from "./prepared-job";
import { versionOfVm } from "./version";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Every change, on the VM of `changeableVm`, and what is there afterwards. */
const CHANGES: Record<
  string,
  {
    method: Parameters<FakeHypervisor["failNext"]>[0];
    prepare: (there: ChangeableVm) => PreparedJob;
    outputs: (there: ChangeableVm) => object;
    reached: (there: ChangeableVm) => boolean;
  }
> = {
  "vm.update": {
    method: "updateVm",
    prepare: ({ vms, vm }) => vms.update(vm.vm_id, { vm_name: "web-02", gb_ram: 8, cpu_cores: 4 }),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, vm_name: "web-02" }),
    reached: ({ vm }) => vm.vm_name === "web-02" && vm.cpu_cores === 4,
  },
  "vm.delete": {
    method: "deleteVm",
    prepare: ({ vms, vm }) => vms.delete(vm.vm_id, { delete_files: true, turn_off: false }),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, vm_name: "web-01" }),
    reached: ({ hypervisor }) => hypervisor.inventory("hv01").vms.length === 0,
  },
  "vm.power": {
    method: "powerVm",
    prepare: ({ vms, vm }) => vms.power(vm.vm_id, "start"),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, vm_state: "running" }),
    reached: ({ vm }) => vm.state === "running",
  },
  "vm.cluster": {
    method: "addToCluster",
    prepare: ({ vms, vm }) => vms.cluster(vm.vm_id, "add"),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, cluster: "cluster01" }),
    reached: ({ vm }) => vm.cluster_role !== null,
  },
  "disk.update": {
    method: "updateDisk",
    prepare: ({ disks, vm }) => disks.update(vm.vm_id, DISK_ID, { size_gb: 40 }),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, disk_id: DISK_ID, path: DISK_PATH, size_gb: 40 }),
    reached: ({ vm }) => vm.disks[0]?.size_bytes === 40 * GB,
  },
  "disk.delete": {
    method: "deleteDisk",
    prepare: ({ disks, vm }) => disks.delete(vm.vm_id, DISK_ID, { delete_file: false }),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, disk_id: DISK_ID, path: DISK_PATH, deleted: false }),
    reached: ({ vm }) => vm.disks.length === 0,
  },
  "nic.update": {
    method: "updateNic",
    prepare: ({ nics, vm }) =>
      nics.update(vm.vm_id, NIC_ID, { adapter_name: "back", mac_address: "00-15-5D-0A-0B-0C" }),
    outputs: ({ vm }) => ({
      vm_id: vm.vm_id,
      nic_id: NIC_ID,
      adapter_name: "back",
      mac_address: "00-15-5D-0A-0B-0C",
    }),
    reached: ({ vm }) => vm.nics[0]?.adapter_name === "back",
  },
  "nic.delete": {
    method: "deleteNic",
    prepare: ({ nics, vm }) => nics.delete(vm.vm_id, NIC_ID),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, nic_id: NIC_ID }),
    reached: ({ vm }) => vm.nics.length === 0,
  },
};
const EACH = Object.entries(CHANGES).map(([kind, change]) => ({ kind, ...change }));

describe.each(EACH)("$kind", ({ kind, method, prepare, outputs, reached }) => {
  it("is done by one call, and inventory shows it at once", async () => {
    const there = await changeableVm();
    const { job_id } = prepare(there).start("operator");
    await vi.advanceTimersByTimeAsync(0);
    const job = there.jobs.get(job_id);
    expect(job).toMatchObject({ kind, state: "succeeded", outputs: outputs(there), error: null });
    expect(reached(there)).toBe(true);
    expect(there.hypervisor.count(method)).toBe(1);
    const shown = there.inventory.vms().find(({ vm_id }) => vm_id === there.vm.vm_id);
    if (kind === "vm.delete") expect(shown).toBeUndefined();
    else expect(shown && versionOfVm(shown)).toBe(versionOfVm(there.vm));
  });

  it("is found done in a read after contact was lost, and not sent again", async () => {
    const there = await changeableVm();
    there.hypervisor.failNext(method, LOST, { applied: true });
    const job = await there.run(prepare(there));
    const { deleted_files: _, ...known } = job.outputs;
    expect({ ...job, outputs: known }).toMatchObject({ state: "succeeded", outputs: outputs(there) });
    expect(there.hypervisor.count(method)).toBe(1);
  });

  it("is found undone in a read after contact was lost", async () => {
    const there = await changeableVm();
    there.hypervisor.failNext(method, LOST);
    const job = await there.run(prepare(there));
    // Writing what a fixed disk gains may take longer.
    if (kind === "disk.update") expect(job.state).toBe("unknown");
    else expect(job).toMatchObject({ state: "failed", error: { code: "contact_lost" } });
    expect(reached(there)).toBe(false);
    expect(there.hypervisor.count(method)).toBe(1);
  });
});

describe("a power action after whose start contact was lost", () => {
  const DAY = 86_400_000;

  it.each(["restart", "reset"] as const)("is found done by the VM's uptime: %s", async (action) => {
    const there = await changeableVm({ state: "running", uptime_ms: DAY });
    there.hypervisor.failNext("powerVm", LOST, { applied: true });
    const job = await there.run(there.vms.power(there.vm.vm_id, action));
    expect(job).toMatchObject({ state: "succeeded", outputs: { vm_state: "running" } });
  });

  it("is found undone where the host alone decides, and stays open where the guest does", async () => {
    for (const [action, state] of [
      ["reset", "failed"],
      ["restart", "unknown"],
      ["shutdown", "unknown"],
    ] as const) {
      const there = await changeableVm({ state: "running", uptime_ms: DAY });
      there.hypervisor.failNext("powerVm", LOST);
      expect((await there.run(there.vms.power(there.vm.vm_id, action))).state, action).toBe(state);
    }
  });
});
