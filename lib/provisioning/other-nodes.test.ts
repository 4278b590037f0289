import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import { changeableVm, DISK_ID, DISK_PATH } from "@/tests/support/changeable-vm";
import { vmRecord } from "@/tests/support/fake-records";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("deleting files", () => {
  it("brings what the VMs of the cluster's other nodes use", async () => {
    const there = await changeableVm();
    there.hypervisor.inventory("hv02").vms.push(
      vmRecord("other", {
        disks: [{ disk_id: null, path: "C:\\other.vhdx", size_bytes: null, file_bytes: null }],
      }),
    );
    await there.inventory.refresh();
    await there.run(there.vms.delete(there.vm.vm_id, { delete_files: true, turn_off: false }));
    const sent = there.hypervisor.calls.find(({ method }) => method === "deleteVm")?.spec.other_nodes;
    expect(sent).toMatchObject([{ node: "HV02", files: [{ path: "C:\\other.vhdx", vm_name: "other" }] }]);
  });

  it("asks nobody where the files stay", async () => {
    const there = await changeableVm();
    await there.run(there.disks.delete(there.vm.vm_id, DISK_ID, { delete_file: false }));
    expect(there.hypervisor.count("readFileUse")).toBe(0);
  });

  it("says which node must answer where the agent needs it", async () => {
    const there = await changeableVm();
    there.hypervisor.failNext("readFileUse", new AethervError("host_unreachable", "hv02 does not answer."));
    there.hypervisor.failNext(
      "deleteDisk",
      new AethervError("file_users_unknown", "What HV02 uses is not known."),
    );
    const job = await there.run(there.disks.delete(there.vm.vm_id, DISK_ID, { delete_file: true }));
    expect(job).toMatchObject({ state: "failed", error: { code: "file_users_unknown" } });
    expect(job.error?.next).toContain("HV02 did not answer: hv02 does not answer.");
    expect(job.error?.next).toContain("HV09 is not among the hosts of AetherV");
  });

  it("is planned with the same answers, and with what to do about those that are missing", async () => {
    const { vms, vm, hypervisor } = await changeableVm();
    const plan = await vms.deletionPlan(vm.vm_id, new AbortController().signal);
    expect(plan).toMatchObject({
      files: [{ path: DISK_PATH, deletable: true }],
      state: "off",
      checkpoints: 0,
    });
    expect(plan.next).toContain("HV09");
    expect(
      hypervisor.calls.find(({ method }) => method === "planVmDeletion")?.spec.other_nodes,
    ).toMatchObject([{ node: "HV02" }]);
  });
});
