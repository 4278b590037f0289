import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import { diskAt, EARLIER, leftDeployment, PATH } from "@/tests/support/left-deployment";
import { linuxRequest } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";

const MARKER = {
  deployment_id: EARLIER,
  step: 2,
  steps: 5,
  since: "2026-01-02T03:04:05.678Z",
  request: { vm_name: "web-01" },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("an unfinished deployment", () => {
  it("is told by its VM's Notes: what exists, what is missing, and what may be half made", async () => {
    const { unfinished, vm } = await leftDeployment({ ...MARKER, disk_path: PATH });
    expect(unfinished.list()).toEqual([
      {
        deployment_id: EARLIER,
        vm_id: vm.vm_id,
        vm_name: "web-01",
        host: "hv01",
        state: "off",
        step: "disk",
        progress: { step: 2, steps: 5 },
        exists: [{ kind: "vm", id: vm.vm_id, name: "web-01", host: "hv01" }],
        half_made_disk: PATH,
        missing: ["disk", "nic", "initialization", "cluster"],
        request: { vm_name: "web-01" },
        since: "2026-01-02T03:04:05.678Z",
        actor: null,
        fixed_fields: ["vm_name", "os_family", "target_host", "cpu_cores", "gb_ram"],
      },
    ]);
  });

  it("has nothing half made once its disk is attached, in whatever case the path is written", async () => {
    const marker = { ...MARKER, step: 5, disk_path: PATH };
    const { unfinished } = await leftDeployment(marker, { disks: [diskAt(PATH.toUpperCase())] });
    expect(unfinished.list()).toMatchObject([{ half_made_disk: null, missing: ["nic", "cluster"] }]);
  });

  it.each([
    ["complete", { deployment_id: EARLIER, completed: "2026-01-02T03:04:05Z" }],
    ["of a step that there is not", { ...MARKER, step: 6 }],
    ["without its request", { deployment_id: EARLIER, step: 2, steps: 4 }],
  ])("is none where the marker is %s", async (_, marker) => {
    expect((await leftDeployment(marker)).unfinished.list()).toEqual([]);
  });

  it("is not listed while a job is at work on its VM", async () => {
    const { unfinished, vms, vm, hypervisor, jobs } = await leftDeployment(MARKER);
    const release = hypervisor.holdNext("powerVm");
    vms.power(vm.vm_id, "start").start("operator");
    await vi.advanceTimersByTimeAsync(0);
    expect(unfinished.list()).toEqual([]);
    const refused = thrownBy(() => unfinished.remove(EARLIER));
    expect(refused).toMatchObject({ code: "deployment_in_progress" });
    expect(refused.message).toContain("of operator is at work on VM web-01");
    release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(jobs.unfinished()).toEqual([]);
    expect(unfinished.list()).toHaveLength(1);
  });

  it("is removed with its files, by a call that names it", async () => {
    const marker = { ...MARKER, disk_path: PATH };
    const { unfinished, hypervisor, jobs } = await leftDeployment(marker, {
      state: "running",
      disks: [diskAt(PATH)],
    });
    const { job_id } = unfinished.remove(EARLIER).start("operator");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(jobs.get(job_id)).toMatchObject({ state: "succeeded", outputs: { deleted_files: [PATH] } });
    expect(hypervisor.calls.find(({ method }) => method === "deleteVm")?.spec).toMatchObject({
      delete_files: true,
      turn_off: true,
      deployment_id: EARLIER,
    });
    expect(unfinished.list()).toEqual([]);
  });

  it("is not removed where the VM has a disk of another origin", async () => {
    const disks = [diskAt(PATH), diskAt("D:\\data.vhdx")];
    const { unfinished, hypervisor } = await leftDeployment({ ...MARKER, disk_path: PATH }, { disks });
    const refused = thrownBy(() => unfinished.remove(EARLIER).start("operator"));
    expect(refused.code).toBe("deployment_changed");
    expect(refused.message).toContain("D:\\data.vhdx");
    expect(hypervisor.count("deleteVm")).toBe(0);
  });

  it("knows when it began from the call of each step", async () => {
    const { deployments, hypervisor } = await leftDeployment(MARKER);
    hypervisor.failNext("createDisk", new AethervError("storage_full", "Full."));
    deployments.create(linuxRequest({ vm_name: "web-02" })).start("operator");
    await vi.advanceTimersByTimeAsync(1_000);
    const created = hypervisor.calls.filter(({ deployment }) => deployment !== null);
    const [first, second] = created.map(({ deployment }) => deployment?.since);
    expect(first).toMatch(/^20.*Z$/);
    expect(second).toBe(first);
  });
});
