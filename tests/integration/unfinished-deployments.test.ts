import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

/** The server is killed in the middle of each step of a deployment: what it left is found from Hyper-V alone. */

const UNFINISHED = "/managed-deployments/unfinished";
const SECRET = "Linux-canary-1";
/** Asked for again when the deployment goes on. */
const NEW_SECRET = "Linux-canary-2";

let stack: Stack;
beforeAll(async () => {
  // Slow enough that a step has a middle.
  stack = await Stack.start({ simulator: { timeFactor: 0.1 } });
}, 120_000);
afterAll(() => stack?.stop());

function requestFor(vm_name: string): JsonObject {
  return {
    vm_name,
    os_family: "linux",
    target_host: "hv03",
    cpu_cores: 2,
    gb_ram: 1,
    size_gb: 20,
    image_name: "Debian 12",
    network: "Servers",
    ip_behavior: "dhcp",
    guest_la_uid: "operator",
    guest_la_pw: SECRET,
  };
}

async function deploy(vm_name: string, changes: JsonObject = {}): Promise<string> {
  const request = { ...requestFor(vm_name), ...changes };
  const { body } = await stack.api("/managed-deployments", { body: request });
  return String(body.job_id);
}

/** Resolves while the host is at work on this call of the deployment. */
async function inTheMiddle(id: string, agent: string, operation: string): Promise<void> {
  await eventually(async () => {
    const calls = await stack.simulator.calls([id]);
    return calls.some((call) => call.agent === agent && call.operation === operation && call.ended === null);
  }, `${agent}/${operation} to run`);
}

/** The host brings to an end what it was at: no call is under way. */
async function carriedThrough(id: string): Promise<void> {
  await eventually(async () => {
    const calls = await stack.simulator.calls([id]);
    return calls.every(({ ended }) => ended !== null);
  }, "the host to be done");
}

async function found(id: string): Promise<UnfinishedDeployment> {
  return eventually(async (): Promise<UnfinishedDeployment | false> => {
    const { body } = await stack.api<{ deployments: UnfinishedDeployment[] }>(UNFINISHED);
    expect(JSON.stringify(body)).not.toContain(SECRET);
    return body.deployments.find(({ deployment_id }) => deployment_id === id) ?? false;
  }, `deployment ${id} to be found`);
}

function continuation(id: string, changes: JsonObject = {}) {
  const request = { ...requestFor(""), guest_la_pw: NEW_SECRET, ...changes };
  return stack.api(`${UNFINISHED}/${id}/continuation`, { body: request });
}

/** Goes on with it, until its guest runs as it was asked for with the new secrets. */
async function goOn(id: string, vm_name: string) {
  const { status, body } = await continuation(id, { vm_name });
  expect({ status, body }).toMatchObject({ status: 202 });
  const job = await stack.endOf(String(body.job_id));
  expect(job).toMatchObject({ state: "succeeded", error: null });
  await expectComplete(id, vm_name);
  return job;
}

/** The guest runs, and nothing of the way there is left: one disk, one adapter, no secrets, a closed marker. */
async function expectComplete(id: string, vm_name: string, password = NEW_SECRET): Promise<void> {
  const vm = await stack.simulator.vm(vm_name);
  expect(vm).toMatchObject({
    state: "running",
    processor_count: 2,
    memory_startup_bytes: 2 ** 30,
    adapters: [{ vlan_id: 20 }],
    kvp: { guest: { "hlvmm.meta.guest_provisioning_system_state": "provisioningapplied" } },
    guest: { applied: { guest_la_pw: password, guest_host_name: vm_name } },
  });
  expect(Object.keys(vm?.kvp.host ?? {}).filter(isSecret)).toEqual([]);
  expect(vm?.notes).toContain(`{"deployment_id":"${id}","completed":`);
  expect(vm?.notes).not.toMatch(/Linux-canary/);
  const files = await stack.simulator.disks("hv03", vm_name);
  expect(files).toMatchObject([{ path: vm?.disks[0], virtual_bytes: 20 * 2 ** 30 }]);
  const { body } = await stack.api<{ deployments: UnfinishedDeployment[] }>(UNFINISHED);
  expect(body.deployments.map(({ deployment_id }) => deployment_id)).not.toContain(id);
}

function isSecret(item: string): boolean {
  return /^hlvmm\.(data\.|meta\.(shared_aes_key|provisioning_system_checksum)$)/.test(item);
}

/** Resolves once the guest says this. */
async function guestSays(vm_name: string, state: string): Promise<void> {
  await eventually(async () => {
    const vm = await stack.simulator.vm(vm_name);
    return vm?.kvp.guest["hlvmm.meta.guest_provisioning_system_state"] === state;
  }, `the guest of ${vm_name} to say ${state}`);
}

async function remove(id: string) {
  const { status, body } = await stack.api(`${UNFINISHED}/${id}`, { method: "DELETE" });
  expect(status).toBe(202);
  return stack.endOf(String(body.job_id));
}

/** Nothing of it is left: neither a VM nor a file, nor an entry in the list. */
async function expectNoTrace(id: string, vm_name: string, host = "hv03"): Promise<void> {
  expect(await stack.simulator.vm(vm_name)).toBeUndefined();
  expect(await stack.simulator.disks(host, vm_name)).toEqual([]);
  const { body } = await stack.api<{ deployments: UnfinishedDeployment[] }>(UNFINISHED);
  expect(body.deployments.map(({ deployment_id }) => deployment_id)).not.toContain(id);
}

describe("a deployment whose server was killed", () => {
  it("while its VM was made is found, and removed", async () => {
    const id = await deploy("killed-vm");
    await inTheMiddle(id, "vm", "create");
    await stack.crashApp(() => carriedThrough(id));
    expect(await found(id)).toMatchObject({
      vm_name: "killed-vm",
      host: "hv03",
      step: "vm",
      progress: { step: 1, steps: 4 },
      exists: [{ kind: "vm", name: "killed-vm" }],
      half_made_disk: null,
      missing: ["vm", "disk", "nic", "initialization"],
      request: { vm_name: "killed-vm", size_gb: 20 },
      actor: "local operator",
      since: expect.stringMatching(/^20.*Z$/),
    });
    const gone = await stack.api(`/jobs/${id}`);
    expect(gone).toMatchObject({ status: 410, body: { vm: { vm_name: "killed-vm" } } });
    expect(await remove(id)).toMatchObject({ state: "succeeded", kind: "vm.delete" });
    await expectNoTrace(id, "killed-vm");
  });

  it("while its image was copied is found, and removed with the half of the disk", async () => {
    const id = await deploy("killed-disk");
    await inTheMiddle(id, "disk", "create");
    await eventually(
      async () => (await stack.simulator.disks("hv03", "killed-disk")).length > 0,
      "the copy to begin",
    );
    await stack.crashApp(() => stack.simulator.reboot("hv03"));
    const [half] = await stack.simulator.disks("hv03", "killed-disk");
    expect(half).toMatchObject({ virtual_bytes: 0 });
    expect(await found(id)).toMatchObject({
      step: "disk",
      exists: [{ kind: "vm" }],
      half_made_disk: half?.path,
      missing: ["disk", "nic", "initialization"],
    });
    expect(await remove(id)).toMatchObject({ state: "succeeded", outputs: { deleted_files: [half?.path] } });
    await expectNoTrace(id, "killed-disk");
  });

  it("is found by its Notes alone, and continued, where its VM was made", async () => {
    const id = await deploy("resumed-vm");
    await eventually(
      async () => (await stack.simulator.vm("resumed-vm"))?.notes.includes(id) ?? false,
      "the VM to be marked",
    );
    await stack.crashApp(() => stack.simulator.reboot("hv03"));
    expect(await found(id)).toMatchObject({ step: "vm", exists: expect.any(Array) });
    const job = await goOn(id, "resumed-vm");
    expect(job.steps.map(({ name }) => name)).toEqual(["vm", "disk", "nic", "initialization"]);
  });

  it("is continued where half of its image was copied, which is replaced", async () => {
    const id = await deploy("resumed-disk");
    await eventually(
      async () => (await stack.simulator.disks("hv03", "resumed-disk")).length > 0,
      "the copy to begin",
    );
    await stack.crashApp(() => stack.simulator.reboot("hv03"));
    expect(await stack.simulator.disks("hv03", "resumed-disk")).toMatchObject([{ virtual_bytes: 0 }]);
    const { vm_id } = await found(id);
    const job = await goOn(id, "resumed-disk");
    expect(job).toMatchObject({
      vm_id,
      steps: [{ name: "disk" }, { name: "nic" }, { name: "initialization" }],
    });
  });

  it("is continued where its adapter was made", async () => {
    const id = await deploy("resumed-nic");
    await inTheMiddle(id, "nic", "create");
    await stack.crashApp(() => carriedThrough(id));
    await found(id);
    const job = await goOn(id, "resumed-nic");
    expect(job.steps.map(({ name }) => name)).toEqual(["initialization"]);
  });

  it("is continued where its guest waited for its configuration: it is turned off, and told anew", async () => {
    const id = await deploy("resumed-key");
    await guestSays("resumed-key", "waitingforaeskey");
    await stack.crashApp(() => carriedThrough(id));
    expect(await found(id)).toMatchObject({ state: "running", missing: ["initialization"] });
    await goOn(id, "resumed-key");
  });

  it("is continued where secrets stood in the guest's KVP, which are taken away", async () => {
    const id = await deploy("resumed-secrets");
    await inTheMiddle(id, "initialization", "publish");
    await stack.crashApp(() => carriedThrough(id));
    const { host } = (await stack.simulator.vm("resumed-secrets"))?.kvp ?? { host: {} };
    expect(Object.keys(host).filter(isSecret)).not.toEqual([]);
    await found(id);
    await goOn(id, "resumed-secrets");
  });

  it("is continued where its guest had been configured after all: it keeps what it has", async () => {
    const id = await deploy("resumed-applied");
    await inTheMiddle(id, "initialization", "announce");
    await stack.crashApp(() => guestSays("resumed-applied", "provisioningapplied"));
    await found(id);
    const other = await continuation(id, { vm_name: "resumed-applied", guest_la_uid: "other" });
    expect(await stack.endOf(String(other.body.job_id))).toMatchObject({
      state: "failed",
      error: { code: "deployment_changed", step: "initialization" },
    });
    const { body } = await continuation(id, { vm_name: "resumed-applied" });
    expect(await stack.endOf(String(body.job_id))).toMatchObject({ state: "succeeded" });
    await expectComplete(id, "resumed-applied", SECRET);
  });

  it("while its adapter was made is found", async () => {
    const id = await deploy("killed-nic");
    await inTheMiddle(id, "nic", "create");
    await stack.crashApp(() => carriedThrough(id));
    expect(await found(id)).toMatchObject({
      step: "nic",
      exists: [{ kind: "vm" }, { kind: "disk" }, { kind: "nic" }],
      half_made_disk: null,
      missing: ["initialization"],
    });
  });

  it("while its guest was configured is found, and removed although it runs", async () => {
    await stack.simulator.fault({ host: "hv03", kind: "guest_silent", vm_name: "killed-guest" });
    const id = await deploy("killed-guest");
    await inTheMiddle(id, "initialization", "begin");
    await stack.crashApp(() => carriedThrough(id));
    expect(await found(id)).toMatchObject({
      step: "initialization",
      state: "running",
      missing: ["initialization"],
    });
    expect(await remove(id)).toMatchObject({ state: "succeeded" });
    await expectNoTrace(id, "killed-guest");
  });
});

describe("continuing an unfinished deployment", () => {
  it("is refused for what is there already, is checked without being started, and starts once", async () => {
    const fault = { host: "hv03", kind: "agent_error", agent: "nic", operation: "create" };
    await stack.simulator.fault({ ...fault, code: "hyperv_error", times: 1 });
    const id = await deploy("asked-twice");
    expect(await stack.endOf(id)).toMatchObject({ state: "failed" });
    const { fixed_fields } = await found(id);
    expect(fixed_fields).toEqual(expect.arrayContaining(["vm_name", "gb_ram", "size_gb"]));
    const refused = await continuation(id, { vm_name: "asked-twice", gb_ram: 2, image_name: "Ubuntu 24.04" });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "/gb_ram" }, { pointer: "/image_name" }],
    });
    const [one, other] = await Promise.all([
      continuation(id, { vm_name: "asked-twice" }),
      continuation(id, { vm_name: "asked-twice" }),
    ]);
    expect([one.status, other.status].sort()).toEqual([202, 409]);
    const [taken, conflict] = one.status === 202 ? [one, other] : [other, one];
    expect(conflict.body).toMatchObject({ code: "deployment_in_progress" });
    expect(await stack.endOf(String(taken.body.job_id))).toMatchObject({ state: "succeeded" });
    await expectComplete(id, "asked-twice");
    const over = await continuation(id, { vm_name: "asked-twice" });
    expect(over).toMatchObject({ status: 404, body: { code: "deployment_not_found" } });
  });
});

describe("removing an unfinished deployment", () => {
  it("knows none that is complete, or was never there", async () => {
    const answer = await stack.api(`${UNFINISHED}/00000000-0000000000000000`, { method: "DELETE" });
    expect(answer).toMatchObject({ status: 404, body: { code: "deployment_not_found" } });
  });

  it("refuses a VM with a disk that is not the deployment's, and leaves everything as it is", async () => {
    const vm = await stack.simulator.vm("killed-nic");
    const { deployment_id } = await found(deploymentIn(vm?.notes));
    const disk = await stack.api(`/vms/${vm?.vm_id}/disks`, { body: { size_gb: 1 } });
    expect(await stack.endOf(String(disk.body.job_id))).toMatchObject({ state: "succeeded" });
    await found(deployment_id);
    const answer = await stack.api(`${UNFINISHED}/${deployment_id}`, { method: "DELETE" });
    expect(answer).toMatchObject({ status: 409, body: { code: "deployment_changed" } });
    expect(await stack.simulator.vm("killed-nic")).toMatchObject({ vm_id: vm?.vm_id });
  });

  it("takes the VM's role in the cluster away first", async () => {
    const fault = { host: "hv01", kind: "agent_error", agent: "nic", operation: "create" };
    await stack.simulator.fault({ ...fault, code: "hyperv_error", times: 1 });
    const id = await deploy("with-role", { target_host: "hv01", image_name: "Ubuntu 24.04" });
    const { vm_id } = await stack.endOf(id);
    const { body } = await stack.api(`/vms/${vm_id}/cluster`, { body: { action: "add" } });
    expect(await stack.endOf(String(body.job_id))).toMatchObject({ state: "succeeded" });
    expect(await stack.simulator.vm("with-role")).toMatchObject({ clustered: true });
    await found(id);
    expect(await remove(id)).toMatchObject({ state: "succeeded" });
    await expectNoTrace(id, "with-role", "hv01");
  });

  it("is not asked twice for the list while nothing has changed", async () => {
    const { headers } = await stack.api(UNFINISHED);
    const again = await stack.api(UNFINISHED, { headers: { "if-none-match": String(headers.get("etag")) } });
    expect(again.status).toBe(304);
  });
});

function deploymentIn(notes = ""): string {
  return /"deployment_id":"([^"]+)"/.exec(notes)?.[1] ?? "";
}
