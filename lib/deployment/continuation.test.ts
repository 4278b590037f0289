import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { GuestStatus } from "@/lib/domain/hypervisor";
import type { VmRecord } from "@/lib/domain/inventory";
import { HEALTHY_GUEST, KEY } from "@/tests/support/fake-hypervisor";
import { diskAt, EARLIER, leftDeployment, markerAt, nicIn, PATH } from "@/tests/support/left-deployment";
import { LOCAL_PASSWORD, linuxRequest } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const WHOLE: Partial<VmRecord> = { disks: [diskAt(PATH)], nics: [nicIn("production")] };

async function left(step: number, vm: Partial<VmRecord> = {}, changes: object = {}) {
  const services = await leftDeployment(markerAt(step, { disk_path: PATH, ...changes }), vm);
  const { hypervisor, unfinished, jobs } = services;
  const refused = (fields: FieldValues = {}) =>
    thrownBy(() => unfinished.continue(EARLIER, linuxRequest(fields)).check());
  const start = (fields: FieldValues = {}) =>
    unfinished.continue(EARLIER, linuxRequest(fields)).start("operator").job_id;
  const ended = async (id: string) => {
    await vi.advanceTimersByTimeAsync(3_600_000);
    return jobs.get(id);
  };
  const mutations = () =>
    hypervisor.calls
      .filter(({ method }) => !method.startsWith("read") && method !== "guestStatus")
      .map(({ method }) => method);
  const call = (method: string) => hypervisor.calls.find((each) => each.method === method);
  return { ...services, refused, start, ended, mutations, call };
}

/** What the guest had come to when its server died, and what it says from its next start on. */
function guestAt(status: Partial<GuestStatus>, looks = 2): Partial<GuestStatus>[] {
  return [...Array.from({ length: looks }, () => status), ...HEALTHY_GUEST];
}

describe("continuing an unfinished deployment", () => {
  it("does what is missing, under its old id, in its old time and for who asked then", async () => {
    const { start, ended, mutations, call, vm } = await left(2);
    const job = await ended(start());
    expect(job).toMatchObject({ state: "succeeded", error: null, vm_id: vm.vm_id, actor: "operator" });
    expect(job.steps.map(({ name }) => name)).toEqual(["disk", "nic", "initialization"]);
    expect(mutations()).not.toContain("createVm");
    expect(call("createNic")?.deployment).toMatchObject({
      deployment_id: EARLIER,
      step: 3,
      steps: 4,
      since: "2026-01-02T03:04:05.678Z",
      actor: "somebody",
    });
    expect(job.outputs).toMatchObject({ vm_id: vm.vm_id, guest_state: "provisioningapplied" });
  });

  it("lets no secret into its jobs, their logs and the marker", async () => {
    const { start, ended, jobs, hypervisor } = await left(2);
    await ended(start());
    const { jobs: all } = jobs.list({ limit: 10, offset: 0 });
    const written = [
      all.map((job) => [job, jobs.log(job.job_id, 0)]),
      hypervisor.calls.map(({ deployment }) => deployment),
    ];
    expect(JSON.stringify(written)).not.toContain(LOCAL_PASSWORD);
  });

  it("sets a VM up that was only just created, by its id", async () => {
    const { start, ended, call, vm, hypervisor } = await left(1, { cpu_cores: 1, nics: [nicIn(null)] });
    expect(await ended(start())).toMatchObject({ state: "succeeded" });
    expect(call("createVm")?.spec).toMatchObject({ vm_id: vm.vm_id, deployment_id: EARLIER, cpu_cores: 2 });
    expect(hypervisor.inventory("hv01").vms.filter(({ vm_name }) => vm_name === "web-01")).toHaveLength(1);
    expect(hypervisor.count("createNic")).toBe(1);
  });

  it("has the half of a disk replaced, with what the other nodes say of its file", async () => {
    const { start, ended, call } = await left(2);
    await ended(start());
    expect(call("createDisk")?.spec).toMatchObject({ deployment_id: EARLIER, other_nodes: [] });
  });

  it("connects an adapter that was made, but is not in its network", async () => {
    const vm = { disks: [diskAt(PATH)], nics: [nicIn(null)] };
    const { start, ended, call, hypervisor } = await left(3, vm);
    expect(await ended(start())).toMatchObject({ state: "succeeded" });
    expect(call("updateNic")?.spec).toMatchObject({ network: "production", nic_id: "nic-in-null" });
    expect(hypervisor.count("createNic")).toBe(0);
  });

  it("goes on from a VM that has moved to another host", async () => {
    const { start, ended, hypervisor, inventory, call, vm } = await left(3, { disks: [diskAt(PATH)] });
    hypervisor.inventory("hv01").vms.splice(1, 1);
    hypervisor.inventory("hv02").vms.push(vm);
    await inventory.refresh();
    expect(await ended(start())).toMatchObject({ state: "succeeded", host: "hv02" });
    expect(call("createNic")).toMatchObject({ host: "hv02" });
  });

  it("does nothing where the VM moves after it was asked for", async () => {
    const { start, ended, hypervisor, mutations, vm } = await left(3, { disks: [diskAt(PATH)] });
    const id = start();
    hypervisor.inventory("hv01").vms.splice(1, 1);
    hypervisor.inventory("hv02").vms.push(vm);
    expect(await ended(id)).toMatchObject({ state: "failed", error: { code: "deployment_changed" } });
    expect(mutations()).toEqual([]);
  });

  it("says that it was only reading where its first look loses contact", async () => {
    const { start, ended, hypervisor, mutations } = await left(3);
    hypervisor.failNext("readVm", new AethervError("contact_lost", "Contact was lost."));
    const { error } = await ended(start());
    expect(error).toMatchObject({
      code: "contact_lost",
      message: "Contact was lost. It was only being read.",
    });
    expect(mutations()).toEqual([]);
  });

  it("is not listed as unfinished any more once its job is done", async () => {
    const { start, hypervisor, unfinished, jobs, vm } = await left(4, WHOLE);
    const finished = hypervisor.finishInitialization.bind(hypervisor);
    vi.spyOn(hypervisor, "finishInitialization").mockImplementation(async (host, vmId, stage, call) => {
      await finished(host, vmId, stage, call);
      if (stage === "completed") vm.notes = "Ours.";
    });
    // The read of the whole host comes too late.
    hypervisor.holdNext("readInventory");
    const ended = jobs.ended(start());
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await ended).toMatchObject({ state: "succeeded" });
    expect(unfinished.list()).toEqual([]);
  });

  it("closes the marker of a deployment that lacks nothing any more", async () => {
    const role = { cluster_role: null, state: "running" as const };
    const marker = { steps: 5, request: { ...markerAt(5).request, cluster_preference: "preferred" } };
    const { start, ended, mutations, call } = await left(5, { ...WHOLE, ...role }, marker);
    expect(await ended(start({ cluster_preference: "none" }))).toMatchObject({ state: "succeeded" });
    expect(mutations()).toEqual(["finishInitialization"]);
    expect(call("finishInitialization")).toMatchObject({
      spec: { stage: "completed" },
      deployment: { deployment_id: EARLIER, step: 4, steps: 4 },
    });
  });

  it("tells a role again that is there already: only that closes the marker", async () => {
    const role = { cluster_role: { name: "web-01", state: "online" as const }, state: "running" as const };
    const marker = { steps: 5, request: { ...markerAt(5).request, cluster_preference: "required" } };
    const { start, ended, mutations } = await left(5, { ...WHOLE, ...role }, marker);
    const job = await ended(start({ cluster_preference: "required" }));
    expect(job).toMatchObject({ state: "succeeded" });
    expect(mutations()).toEqual(["addToCluster"]);
  });
});

describe("the guest of a deployment that goes on", () => {
  const RUNNING = { ...WHOLE, state: "running" as const };
  const PUBLISHED = { host_state: "provisioningdatapublished", key_fingerprint: KEY };

  it("is configured anew where the VM is off", async () => {
    const { start, ended, mutations, call } = await left(4, WHOLE);
    expect(await ended(start())).toMatchObject({ state: "succeeded" });
    expect(mutations()).not.toContain("powerVm");
    expect(call("beginInitialization")?.spec).toMatchObject({ force: true });
  });

  it.each([
    ["has said nothing yet", { host_state: "waitingforpublickey" }],
    [
      "waits for its key",
      { host_state: "waitingforpublickey", guest_state: "waitingforaeskey", key_fingerprint: KEY },
    ],
    ["has not read what was published", { ...PUBLISHED, guest_state: "waitingforaeskey" }],
    ["has failed", { ...PUBLISHED, guest_state: "provisioningfailed" }],
    [
      "still says what it said of an earlier exchange",
      { host_state: "waitingforpublickey", guest_state: "provisioningapplied", key_fingerprint: KEY },
    ],
  ] as [string, Partial<GuestStatus>][])(
    "that runs and %s is turned off, and configured anew",
    async (_, status) => {
      const { start, ended, mutations, hypervisor } = await left(4, RUNNING);
      hypervisor.guest = guestAt(status);
      expect(await ended(start())).toMatchObject({ state: "succeeded" });
      const made = mutations();
      expect(made.indexOf("powerVm")).toBeLessThan(made.indexOf("beginInitialization"));
      // What is encrypted in its KVP goes first.
      if (status.key_fingerprint !== undefined) expect(made[0]).toBe("finishInitialization");
      expect(hypervisor.published).toHaveLength(1);
    },
  );

  it("that applies what it was given is never turned off: it is waited for", async () => {
    const { start, ended, mutations, hypervisor, jobs } = await left(4, RUNNING);
    hypervisor.guest = [
      ...Array.from({ length: 5 }, () => ({ ...PUBLISHED, guest_state: "applying" })),
      { ...PUBLISHED, guest_state: "provisioningapplied" },
    ];
    const id = start();
    expect(await ended(id)).toMatchObject({ state: "succeeded" });
    expect(mutations()).toEqual(["finishInitialization", "finishInitialization"]);
    expect(jobs.log(id, 0).lines.map(({ text }) => text)).toContain(
      "The guest keeps the secrets that it was given before.",
    );
  });

  it("that never ends applying is left alone, and what to do is said", async () => {
    const { start, ended, mutations, hypervisor } = await left(4, RUNNING);
    hypervisor.guest = [{ ...PUBLISHED, guest_state: "applying" }];
    const { state, error } = await ended(start());
    expect({ state, code: error?.code }).toEqual({ state: "failed", code: "guest_no_completion" });
    expect(error?.next).toContain("turn the VM off and continue");
    expect(mutations()).not.toContain("powerVm");
  });

  it("that has been configured stays so; only the cluster is missing", async () => {
    const { start, ended, mutations, hypervisor } = await left(4, RUNNING, { steps: 5 });
    hypervisor.guest = [{ ...PUBLISHED, guest_state: "provisioningapplied" }];
    expect(await ended(start({ cluster_preference: "required" }))).toMatchObject({ state: "succeeded" });
    expect(mutations()).toEqual(["finishInitialization", "finishInitialization", "addToCluster"]);
  });

  it("that has been configured is not given other values: the job fails, and names them", async () => {
    const { start, ended, mutations, hypervisor } = await left(4, RUNNING);
    hypervisor.guest = [{ ...PUBLISHED, guest_state: "provisioningapplied" }];
    const { error } = await ended(start({ guest_la_uid: "other" }));
    expect(error).toMatchObject({ code: "deployment_changed", step: "initialization" });
    expect(error?.message).toContain("guest_la_uid can no longer be changed");
    expect(mutations()).not.toContain("powerVm");
  });

  it("is left as it is where turning it off loses contact, and the job says how it stands", async () => {
    const { start, ended, hypervisor } = await left(4, RUNNING);
    hypervisor.guest = guestAt({ host_state: "waitingforpublickey" });
    hypervisor.failNext("powerVm", new AethervError("contact_lost", "Contact was lost."), { applied: true });
    const { error } = await ended(start());
    expect(error?.message).toContain("the VM is off");
    expect(hypervisor.count("beginInitialization")).toBe(0);
  });
});

describe("continuing is refused", () => {
  it("for a field that asks for something else than what is there, naming each", async () => {
    const { refused } = await left(3, { disks: [diskAt(PATH)] });
    const { code, fields } = refused({ gb_ram: 8, size_gb: 40, vm_name: "web-02" });
    expect(code).toBe("invalid_request");
    expect(fields.map(({ pointer }) => pointer)).toEqual(["/vm_name", "/gb_ram", "/size_gb"]);
    expect(fields[1]?.message).toBe("It must stay 4: what it asks for is there already.");
  });

  it("for a field that is there without having been asked for", async () => {
    const { refused } = await left(3, { disks: [diskAt(PATH)] });
    expect(refused({ storage_class: "local" }).fields).toMatchObject([
      { pointer: "/storage_class", message: "It must stay empty: what it asks for is there already." },
    ]);
  });

  it("not for a field that has come into the schemas since then, with its default", async () => {
    const { storage_type: _, ...began } = markerAt(3).request;
    const { unfinished, refused } = await left(3, { disks: [diskAt(PATH)] }, { request: began });
    expect(() => unfinished.continue(EARLIER, linuxRequest()).check()).not.toThrow();
    expect(refused({ storage_type: "fixed" }).fields).toMatchObject([{ pointer: "/storage_type" }]);
  });

  it("not for what is still to be made, nor for what the guest is to be told", async () => {
    const { unfinished } = await left(2);
    const changes = { size_gb: 30, storage_class: "local", guest_la_uid: "other" };
    expect(() => unfinished.continue(EARLIER, linuxRequest(changes)).check()).not.toThrow();
  });

  it("as any deployment for what cannot be made", async () => {
    const { refused } = await left(2);
    expect(refused({ image_name: "no-such" })).toMatchObject({ code: "image_not_found" });
    expect(refused({ network: "no-such" })).toMatchObject({ code: "network_not_found" });
  });

  it("where the cluster that is required cannot be had", async () => {
    const { refused } = await left(2);
    const required = { cluster_preference: "required", storage_class: "local" };
    expect(refused(required)).toMatchObject({ code: "cluster_unavailable" });
  });

  it("while the VM runs and has no disk", async () => {
    const { refused } = await left(2, { state: "running" });
    expect(refused()).toMatchObject({ code: "vm_not_off" });
    expect(refused().message).toContain("goes on only while it is off.");
  });

  it("while the VM is in a state in which its guest cannot answer", async () => {
    const { refused } = await left(4, { ...WHOLE, state: "saved" });
    expect(refused().message).toContain("is saved; its deployment goes on only while it is off or running.");
    expect(refused().next).toBe("Start the VM and turn it off, then send it again.");
  });

  it.each([
    ["a disk", { disks: [diskAt("D:\\other.vhdx")] }],
    ["adapters", { disks: [diskAt(PATH)], nics: [nicIn("one"), nicIn("two")] }],
  ])("where somebody has given the VM %s in place of its own", async (_, vm) => {
    const { refused } = await left(3, vm);
    expect(refused()).toMatchObject({ code: "deployment_changed" });
  });

  it("to the second of two who ask at once", async () => {
    const { start, refused, ended } = await left(2);
    const id = start();
    const conflict = refused();
    expect(conflict).toMatchObject({ code: "deployment_in_progress", status: 409 });
    expect(conflict.message).toContain(`Job ${id} of operator is at work`);
    expect(await ended(id)).toMatchObject({ state: "succeeded" });
  });

  it("while the job that began it still runs", async () => {
    const { deployments, unfinished, hypervisor } = await left(2);
    hypervisor.holdNext("createDisk");
    const request = linuxRequest({ vm_name: "web-02" });
    const { job_id } = deployments.create(request).start("operator");
    await vi.advanceTimersByTimeAsync(100);
    const vm = hypervisor.inventory("hv01").vms.find(({ vm_name }) => vm_name === "web-02");
    expect(vm).toBeDefined();
    expect(unfinished.list().map(({ deployment_id }) => deployment_id)).not.toContain(job_id);
  });

  it("where no VM tells of it", async () => {
    const { unfinished } = await left(2);
    const unknown = unfinished.continue("never", linuxRequest());
    expect(thrownBy(() => unknown.check())).toMatchObject({ code: "deployment_not_found" });
  });
});
