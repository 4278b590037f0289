import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { JobLogPage } from "@/lib/domain/job";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { hostConfig, LOCAL_PASSWORD, linuxRequest, provisioning } from "@/tests/support/provisioning";

const LOST = new AethervError("contact_lost", "Contact was lost.");

const NOT_SHARED = new AethervError("cluster_storage_not_shared", "D:\\vms is on no shared volume.");

function warnings({ lines }: JobLogPage): string[] {
  return lines.filter(({ level, step }) => level === "warning" && step === null).map(({ text }) => text);
}

async function prepared() {
  const hypervisor = new FakeHypervisor();
  const services = provisioning(hypervisor, [hostConfig("hv01")]);
  await services.inventory.refresh();
  const deploy = (changes = {}) =>
    services.deployments.create(linuxRequest(changes)).start("operator").job_id;
  const mutations = () =>
    hypervisor.calls
      .filter(({ method }) => !method.startsWith("read") && method !== "guestStatus")
      .map(({ method }) => method);
  return { ...services, hypervisor, deploy, mutations };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a managed deployment", () => {
  it("makes VM, disk and adapter, initializes the guest, and gives the outputs of all", async () => {
    const { jobs, deploy, hypervisor, mutations } = await prepared();
    const id = deploy();
    await vi.advanceTimersByTimeAsync(120_000);
    const job = jobs.get(id);
    expect(job.state).toBe("succeeded");
    expect(job.steps.map(({ name, state }) => [name, state])).toEqual([
      ["vm", "succeeded"],
      ["disk", "succeeded"],
      ["nic", "succeeded"],
      ["initialization", "succeeded"],
    ]);
    expect(mutations()).toEqual([
      "createVm",
      "createDisk",
      "createNic",
      "beginInitialization",
      "publishGuestConfig",
      "announceGuestConfig",
      "finishInitialization",
      "finishInitialization",
    ]);
    const vm = hypervisor.inventory("hv01").vms[0];
    expect(job.outputs).toMatchObject({
      vm_id: vm?.vm_id,
      vm_name: "web-01",
      disk_id: vm?.disks[0]?.disk_id,
      nic_id: vm?.nics[0]?.nic_id,
      guest_state: "provisioningapplied",
    });
    expect(job.vm_id).toBe(vm?.vm_id);
  });

  it("gives each agent its own fields and nothing of the guest's", async () => {
    const { deploy, hypervisor } = await prepared();
    deploy();
    await vi.advanceTimersByTimeAsync(120_000);
    const spec = (method: string) => hypervisor.calls.find((call) => call.method === method)?.spec ?? {};
    expect(Object.keys(spec("createVm")).sort()).toEqual([
      "cluster_preference",
      "cpu_cores",
      "gb_ram",
      "os_family",
      "target_host",
      "vm_name",
    ]);
    expect(Object.keys(spec("createDisk")).sort()).toEqual(["image_name", "size_gb", "storage_type"]);
    expect(Object.keys(spec("createNic"))).toEqual(["network"]);
  });

  it("lets no secret into its jobs and their logs", async () => {
    const { jobs, deploy } = await prepared();
    deploy();
    await vi.advanceTimersByTimeAsync(120_000);
    const { jobs: all } = jobs.list({ limit: 10, offset: 0 });
    expect(all).toHaveLength(5);
    expect(JSON.stringify(all.map((job) => [job, jobs.log(job.job_id, 0)]))).not.toContain(LOCAL_PASSWORD);
  });

  it("stops at a failing step and says which, why, and what exists", async () => {
    const { jobs, deploy, hypervisor, mutations } = await prepared();
    hypervisor.failNext("createNic", new AethervError("network_not_found", "The network is gone."));
    const id = deploy();
    await vi.advanceTimersByTimeAsync(120_000);
    const vm = hypervisor.inventory("hv01").vms[0];
    const { state, error, steps } = jobs.get(id);
    expect(state).toBe("failed");
    expect(error).toMatchObject({
      code: "network_not_found",
      message: "Step 3 of 4 (nic) failed: The network is gone.",
      step: "nic",
      exists: [
        { kind: "vm", id: vm?.vm_id, name: "web-01", host: "hv01" },
        { kind: "disk", id: vm?.disks[0]?.disk_id, path: vm?.disks[0]?.path },
      ],
    });
    expect(steps.map((step) => step.state)).toEqual(["succeeded", "succeeded", "failed", "pending"]);
    expect(mutations()).toEqual(["createVm", "createDisk", "createNic"]);
  });

  it("names what a step that failed in the middle has left behind", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.failNext("createVm", new AethervError("hyperv_error", "Set-VMMemory failed."), {
      applied: true,
    });
    const id = deploy();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(jobs.get(id).error).toMatchObject({
      code: "hyperv_error",
      step: "vm",
      exists: [{ kind: "vm", name: "web-01" }],
    });
  });

  it.each(["createVm", "createDisk", "createNic"] as const)(
    "never sends %s twice: contact lost after it was carried out, it goes on",
    async (method) => {
      const { jobs, deploy, hypervisor } = await prepared();
      hypervisor.failNext(method, LOST, { applied: true });
      const id = deploy();
      await vi.advanceTimersByTimeAsync(240_000);
      expect(jobs.get(id).state).toBe("succeeded");
      for (const each of ["createVm", "createDisk", "createNic"] as const)
        expect(hypervisor.count(each)).toBe(1);
      expect(hypervisor.inventory("hv01").vms).toMatchObject([{ disks: [{}], nics: [{}] }]);
    },
  );

  it("never sends it twice: contact lost and nothing done, it fails and says so", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.failNext("createVm", LOST);
    const id = deploy();
    await vi.advanceTimersByTimeAsync(240_000);
    expect(jobs.get(id)).toMatchObject({
      state: "failed",
      error: { code: "contact_lost", step: "vm", exists: [] },
    });
    expect(jobs.get(id).error?.message).toContain("VM web-01 does not exist");
    expect(hypervisor.count("createVm")).toBe(1);
  });

  it("leaves the copy of an image open for 15 minutes: its absence proves nothing", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.failNext("createDisk", LOST);
    const id = deploy();
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    expect(jobs.get(id).state).toBe("unknown");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { code: "outcome_unknown", step: "disk" } });
    expect(hypervisor.count("createDisk")).toBe(1);
  });

  it("can be canceled within a step, and says what exists", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.holdNext("createNic");
    const id = deploy();
    await vi.advanceTimersByTimeAsync(10);
    expect(hypervisor.count("createNic")).toBe(1);
    jobs.cancel(id);
    await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(jobs.get(id)).toMatchObject({
      state: "canceled",
      error: { code: "canceled", exists: [{ kind: "vm" }, { kind: "disk" }] },
    });
    expect(hypervisor.count("beginInitialization")).toBe(0);
  });

  it("fails where one of its steps was canceled by itself", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.guest = [{}];
    const id = deploy();
    await vi.advanceTimersByTimeAsync(10_000);
    jobs.cancel(String(jobs.get(id).steps[3]?.job_id));
    await vi.advanceTimersByTimeAsync(0);
    expect(jobs.get(id)).toMatchObject({
      state: "failed",
      error: { code: "step_failed", step: "initialization" },
    });
  });

  it("makes the VM a role of the cluster only once its guest has reported", async () => {
    const { jobs, deploy, hypervisor, mutations } = await prepared();
    const id = deploy({ cluster_preference: "required" });
    await vi.advanceTimersByTimeAsync(120_000);
    const job = jobs.get(id);
    expect(job).toMatchObject({ state: "succeeded", outputs: { cluster: "cluster01" } });
    expect(job.steps.map(({ name }) => name)).toEqual(["vm", "disk", "nic", "initialization", "cluster"]);
    expect(mutations().at(-1)).toBe("addToCluster");
    expect(hypervisor.calls.filter(({ method }) => method === "addToCluster")).toHaveLength(1);
    expect(hypervisor.inventory("hv01").vms[0]?.cluster_role).not.toBeNull();
  });

  it("leaves the VM unclustered where the guest never reports, and says so", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.guest = [{}];
    const id = deploy({ cluster_preference: "required" });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { step: "initialization" } });
    expect(warnings(jobs.log(id, 0))).toContain("The VM stays unclustered: its guest has not reported.");
    expect(hypervisor.count("addToCluster")).toBe(0);
  });

  it("fails where clustering is required and fails, and says what exists", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.failNext("addToCluster", NOT_SHARED);
    const id = deploy({ cluster_preference: "required" });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(jobs.get(id)).toMatchObject({
      state: "failed",
      error: {
        code: "cluster_storage_not_shared",
        message: `Step 5 of 5 (cluster) failed: ${NOT_SHARED.message}`,
        step: "cluster",
        exists: [{ kind: "vm" }, { kind: "disk" }, { kind: "nic" }],
      },
    });
  });

  it("succeeds where clustering is preferred and fails, says so, and closes the marker in its last step", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.failNext("addToCluster", NOT_SHARED);
    const id = deploy({ cluster_preference: "preferred" });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(jobs.get(id)).toMatchObject({ state: "succeeded", error: null });
    expect(warnings(jobs.log(id, 0))).toEqual([
      `Step 5 of 5 (cluster) failed: ${NOT_SHARED.message} The VM stays unclustered: its cluster was preferred, not required.`,
    ]);
    const last = hypervisor.calls.filter(({ method }) => method === "finishInitialization").at(-1);
    expect(last?.deployment).toMatchObject({ step: 5, steps: 5 });
  });

  it("has no such step where it is known beforehand that a preferred cluster is not to be had", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    const id = deploy({ cluster_preference: "preferred", storage_class: "local" });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(jobs.get(id)).toMatchObject({ state: "succeeded" });
    expect(jobs.get(id).steps).toHaveLength(4);
    expect(warnings(jobs.log(id, 0))).toEqual([
      "The VM stays unclustered: Storage class local is not shared within the cluster: a VM on it cannot be clustered.",
    ]);
    expect(hypervisor.count("addToCluster")).toBe(0);
  });

  it("holds no place while it waits for its guest: ten silent guests stop nobody", async () => {
    const { jobs, deploy, hypervisor } = await prepared();
    hypervisor.guest = [{}];
    for (let i = 0; i < 10; i++) deploy({ vm_name: `silent-${i}` });
    await vi.advanceTimersByTimeAsync(60_000);
    hypervisor.guest = [
      { guest_state: "waitingforaeskey", key_fingerprint: "c".repeat(64) },
      { guest_state: "provisioningapplied" },
    ];
    const id = deploy({ vm_name: "lively" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(jobs.get(id).state).toBe("succeeded");
  });
});
