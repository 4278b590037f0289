import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { VmRecord } from "@/lib/domain/inventory";
import { FakeHypervisor, hostRecord, vmRecord } from "@/tests/support/fake-hypervisor";
import { hostConfig, provisioning } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";
import type { PreparedJob } from "./prepared-job";
import { versionOfVm } from "./version";

const GB = 2 ** 30;
const DISK_ID = "11111111-1111-4111-8111-111111111111";
const NIC_ID = "22222222-2222-4222-8222-222222222222";
const PATH = "C:\\ClusterStorage\\gold\\web-01.vhdx";
const LOST = new AethervError("contact_lost", "Contact was lost.");
const NODES = ["HV01", "HV02", "HV09"].map((name) => ({ name, state: "up" as const }));

async function world(changes: Partial<VmRecord> = {}) {
  const hypervisor = new FakeHypervisor("hv01", "hv02");
  const vm = vmRecord("web-01", {
    disks: [{ disk_id: DISK_ID, path: PATH, size_bytes: 20 * GB, file_bytes: GB }],
    nics: [
      {
        nic_id: NIC_ID,
        adapter_name: "front",
        network: "production",
        virtual_switch: "vSwitch",
        vlan_id: 10,
        mac_address: "00-15-5D-01-02-03",
        ip_addresses: [],
      },
    ],
    ...changes,
  });
  hypervisor.inventory("hv01").host = hostRecord("hv01", { cluster_nodes: NODES });
  hypervisor.inventory("hv01").vms.push(vm);
  const services = provisioning(hypervisor, [hostConfig("hv01"), hostConfig("hv02")]);
  await services.inventory.refresh();
  /** Runs the job to its end, however long that takes. */
  const run = async (prepared: PreparedJob) => {
    const { job_id } = prepared.start("operator");
    await vi.advanceTimersByTimeAsync(240_000);
    return services.jobs.get(job_id);
  };
  return { ...services, hypervisor, vm, run };
}

type World = Awaited<ReturnType<typeof world>>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Every change, on the VM of {@link world}, and what is there afterwards. */
const CHANGES: Record<
  string,
  {
    method: Parameters<FakeHypervisor["failNext"]>[0];
    prepare: (world: World) => PreparedJob;
    outputs: (world: World) => object;
    reached: (world: World) => boolean;
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
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, disk_id: DISK_ID, path: PATH, size_gb: 40 }),
    reached: ({ vm }) => vm.disks[0]?.size_bytes === 40 * GB,
  },
  "disk.delete": {
    method: "deleteDisk",
    prepare: ({ disks, vm }) => disks.delete(vm.vm_id, DISK_ID, { delete_file: false }),
    outputs: ({ vm }) => ({ vm_id: vm.vm_id, disk_id: DISK_ID, path: PATH, deleted: false }),
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
    const there = await world();
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
    const there = await world();
    there.hypervisor.failNext(method, LOST, { applied: true });
    const job = await there.run(prepare(there));
    const { deleted_files: _, ...known } = job.outputs;
    expect({ ...job, outputs: known }).toMatchObject({ state: "succeeded", outputs: outputs(there) });
    expect(there.hypervisor.count(method)).toBe(1);
  });

  it("is found undone in a read after contact was lost", async () => {
    const there = await world();
    there.hypervisor.failNext(method, LOST);
    const job = await there.run(prepare(there));
    // Writing what a fixed disk gains may take longer.
    if (kind === "disk.update") expect(job.state).toBe("unknown");
    else expect(job).toMatchObject({ state: "failed", error: { code: "contact_lost" } });
    expect(reached(there)).toBe(false);
    expect(there.hypervisor.count(method)).toBe(1);
  });
});

describe("what is refused before anything is sent", () => {
  const running = { state: "running" } as const;
  it.each<[string, Partial<VmRecord>, (world: World) => PreparedJob, string, string[]]>([
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
      "a name that a VM has",
      {},
      ({ vms, vm, hypervisor: _ }) => vms.update(vm.vm_id, { vm_name: "OTHER" }),
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
    const there = await world(state);
    there.hypervisor.inventory("hv02").vms.push(vmRecord("other"));
    await there.inventory.refresh();
    const error = thrownBy(() => prepare(there).check());
    expect(error).toMatchObject({ code });
    expect((error as AethervError).fields.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(thrownBy(() => prepare(there).start("operator"))).toMatchObject({ code });
    expect(there.jobs.unfinished()).toEqual([]);
  });

  it("is nothing that is there already", async () => {
    const { vms, nics, disks, vm } = await world({ state: "running" });
    vms.update(vm.vm_id, { vm_name: "web-01", gb_ram: 4, cpu_cores: 2 }).check();
    vms.update(vm.vm_id, { vm_name: "WEB-01" }).check();
    vms.power(vm.vm_id, "start").check();
    nics.update(vm.vm_id, NIC_ID, { network: "Production", mac_address: "00-15-5d-01-02-03" }).check();
    disks.update(vm.vm_id, DISK_ID, { size_gb: 20 }).check();
  });

  it("is no state of long ago", async () => {
    const { hypervisor, inventory, vms, vm } = await world({ state: "running" });
    hypervisor.failNext("readInventory", new AethervError("host_unreachable", "It is down."));
    await inventory.refresh("hv01");
    vms.update(vm.vm_id, { cpu_cores: 4 }).check();
  });

  it("is a name that an unfinished job is about to give", async () => {
    const { hypervisor, vms, vm } = await world();
    const release = hypervisor.holdNext("updateVm");
    vms.update(vm.vm_id, { vm_name: "web-09" }).start("operator");
    expect(vms.nameProblem("WEB-09")).toMatch(/about to give a VM on hv01 this name/);
    release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vms.nameProblem("web-01")).toBeNull();
  });

  it("knows which VMs, disks and adapters there are", async () => {
    const { vms, disks, nics, vm } = await world();
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(thrownBy(() => vms.power(nobody, "start"))).toMatchObject({ code: "vm_not_found" });
    expect(thrownBy(() => disks.update(vm.vm_id, nobody, { size_gb: 30 }))).toMatchObject({
      code: "disk_not_found",
    });
    expect(thrownBy(() => nics.delete(vm.vm_id, nobody))).toMatchObject({ code: "nic_not_found" });
  });
});

describe("a change that was decided on what somebody saw", () => {
  it("is made while that is still so", async () => {
    const there = await world();
    const expected = { versions: ["another", versionOfVm(there.vm)] };
    const job = await there.run(there.vms.update(there.vm.vm_id, { gb_ram: 8 }, expected));
    expect(job.state).toBe("succeeded");
  });

  it("is refused once inventory knows better", async () => {
    const there = await world();
    const expected = { versions: [versionOfVm(there.vm)] };
    there.vm.cpu_cores = 8;
    await there.inventory.refresh();
    const late = there.vms.update(there.vm.vm_id, { gb_ram: 8 }, expected);
    expect(thrownBy(() => late.check())).toMatchObject({ code: "vm_changed", status: 412 });
  });

  it("is not sent when its host knows better", async () => {
    const there = await world();
    const expected = { versions: [versionOfVm(there.vm)] };
    const { job_id } = there.vms.update(there.vm.vm_id, { gb_ram: 8 }, expected).start("operator");
    there.vm.cpu_cores = 8;
    await vi.advanceTimersByTimeAsync(0);
    expect(there.jobs.get(job_id)).toMatchObject({ state: "failed", error: { code: "vm_changed" } });
    expect(there.hypervisor.count("updateVm")).toBe(0);
    expect(there.inventory.vm(there.vm.vm_id).cpu_cores).toBe(8);
  });

  it("does not count what a VM does by itself", async () => {
    const { vm } = await world({ state: "running" });
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
    const there = await world();
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

describe("deleting files", () => {
  it("brings what the VMs of the cluster's other nodes use", async () => {
    const there = await world();
    there.hypervisor
      .inventory("hv02")
      .vms.push(
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
    const there = await world();
    await there.run(there.disks.delete(there.vm.vm_id, DISK_ID, { delete_file: false }));
    expect(there.hypervisor.count("readFileUse")).toBe(0);
  });

  it("says which node must answer where the agent needs it", async () => {
    const there = await world();
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
    const { vms, vm, hypervisor } = await world();
    const plan = await vms.deletionPlan(vm.vm_id, new AbortController().signal);
    expect(plan).toMatchObject({ files: [{ path: PATH, deletable: true }], state: "off", checkpoints: 0 });
    expect(plan.next).toContain("HV09");
    expect(
      hypervisor.calls.find(({ method }) => method === "planVmDeletion")?.spec.other_nodes,
    ).toMatchObject([{ node: "HV02" }]);
  });
});
