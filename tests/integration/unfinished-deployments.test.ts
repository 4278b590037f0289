import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json";
import type { UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

/** The server is killed in the middle of each step of a deployment: what it left is found from Hyper-V alone. */

const UNFINISHED = "/managed-deployments/unfinished";
const SECRET = "Linux-canary-1";

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
    cpu_cores: 1,
    gb_ram: 1,
    size_gb: 20,
    image_name: "Debian 12",
    network: "Servers",
    ip_behavior: "dhcp",
    guest_la_uid: "operator",
    guest_la_pw: SECRET,
  };
}

async function deploy(vm_name: string): Promise<string> {
  const { body } = await stack.api("/managed-deployments", { body: requestFor(vm_name) });
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

async function remove(id: string) {
  const { status, body } = await stack.api(`${UNFINISHED}/${id}`, { method: "DELETE" });
  expect(status).toBe(202);
  return stack.endOf(String(body.job_id));
}

/** Nothing of it is left: neither a VM nor a file, nor an entry in the list. */
async function expectNoTrace(id: string, vm_name: string): Promise<void> {
  expect(await stack.simulator.vm(vm_name)).toBeUndefined();
  expect(await stack.simulator.disks("hv03", vm_name)).toEqual([]);
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
      missing: ["disk", "nic", "initialization"],
      request: { vm_name: "killed-vm", size_gb: 20 },
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

  it("is not asked twice for the list while nothing has changed", async () => {
    const { headers } = await stack.api(UNFINISHED);
    const again = await stack.api(UNFINISHED, { headers: { "if-none-match": String(headers.get("etag")) } });
    expect(again.status).toBe(304);
  });
});

function deploymentIn(notes = ""): string {
  return /"deployment_id":"([^"]+)"/.exec(notes)?.[1] ?? "";
}
