import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ERROR_CATALOGUE } from "@/lib/domain/error-codes";
import type { DiskRecord, NicRecord, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import type { JsonObject } from "@/lib/domain/json";
import type { Problem } from "@/lib/domain/problem";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

/** VMs, disks and adapters changed and deleted over the API, on hosts that obey, refuse, or were changed by others. */

let stack: Stack;
beforeAll(async () => {
  // Nothing is read but after jobs and on demand.
  stack = await Stack.start({ config: { inventory: { period_seconds: 3_600 } } });
});
afterEach(async () => {
  await stack.simulator.clearFaults();
});
afterAll(() => stack.stop());

type Answer = Problem & { job_id: string };
type Init = Parameters<Stack["api"]>[1];

async function vmNamed(name: string): Promise<VmView> {
  const { vms } = (await stack.api<{ vms: VmView[] }>(`/vms?q=${name}`)).body;
  const found = vms.find(({ vm_name }) => vm_name === name);
  if (found === undefined) throw new Error(`There is no VM ${name}.`);
  return found;
}

/** Sends a change and waits until its job has ended. */
async function change(path: string, init: Init): Promise<JobView> {
  const { status, body } = await stack.api<Answer>(path, init);
  expect([status, body.code], body.detail ?? "").toEqual([202, undefined]);
  return stack.endOf(body.job_id);
}

async function done(path: string, init: Init): Promise<JobView> {
  const job = await change(path, init);
  expect(job.state, job.error?.message ?? "").toBe("succeeded");
  return job;
}

async function refused(path: string, init: Init): Promise<[number, string, string[]]> {
  const { status, body } = await stack.api<Answer>(path, init);
  expect(body.next).toMatch(/^[A-Z].*/);
  return [status, body.code, (body.errors ?? []).map(({ pointer }) => pointer)];
}

const patch = (body: JsonObject, headers: Record<string, string> = {}) => ({
  method: "PATCH",
  body,
  headers,
});
const remove = (headers: Record<string, string> = {}) => ({ method: "DELETE", headers });

let made = 0;
/** A VM of its own that is off, with a disk and an adapter. */
async function newVm(host = "hv01"): Promise<VmView> {
  made += 1;
  const vm_name = `own-${made}`;
  const body = { vm_name, target_host: host, os_family: "linux", gb_ram: 1, cpu_cores: 1 };
  const { vm_id } = (await done("/vms", { body })).outputs;
  await done(`/vms/${vm_id}/disks`, { body: { size_gb: 10 } });
  await done(`/vms/${vm_id}/nics`, { body: { network: "Servers" } });
  return vmNamed(vm_name);
}

function diskPath({ vm_id, disks }: VmView): string {
  return `/vms/${vm_id}/disks/${disks[0]?.disk_id}`;
}

function nicPath({ vm_id, nics }: VmView): string {
  return `/vms/${vm_id}/nics/${nics[0]?.nic_id}`;
}

describe("a VM", () => {
  it("gets another name, memory and processors", async () => {
    const vm = await newVm();
    const job = await done(`/vms/${vm.vm_id}`, patch({ vm_name: "renamed", gb_ram: 3, cpu_cores: 2 }));
    expect(job).toMatchObject({ kind: "vm.update", outputs: { vm_id: vm.vm_id, vm_name: "renamed" } });
    expect(await stack.simulator.vm("renamed")).toMatchObject({
      processor_count: 2,
      memory_startup_bytes: 3 * 2 ** 30,
    });
    expect(await vmNamed("renamed")).toMatchObject({ vm_id: vm.vm_id, cpu_cores: 2 });
  });

  it("is brought from each power state to the next", async () => {
    const { vm_id } = await newVm();
    for (const [action, state] of [
      ["start", "running"],
      ["pause", "paused"],
      ["resume", "running"],
      ["save", "saved"],
      ["start", "running"],
      ["reset", "running"],
      ["turn_off", "off"],
    ]) {
      const job = await done(`/vms/${vm_id}/power`, { body: { action } });
      expect(job.outputs).toEqual({ vm_id, vm_state: state });
      expect((await stack.api<VmView>(`/vms/${vm_id}`)).body.state).toBe(state);
    }
    const { vm_id: guest } = await vmNamed("dc01");
    await done(`/vms/${guest}/power`, { body: { action: "restart" } });
    const { outputs } = await done(`/vms/${guest}/power`, { body: { action: "shutdown" } });
    expect(outputs.vm_state).toBe("off");
    await done(`/vms/${guest}/power`, { body: { action: "start" } });
  });

  it("becomes a role of its cluster, and leaves it", async () => {
    const { vm_id, vm_name } = await newVm();
    const added = await done(`/vms/${vm_id}/cluster`, { body: { action: "add" } });
    expect(added.outputs).toEqual({ vm_id, cluster: "cluster01" });
    expect((await vmNamed(vm_name)).cluster_role?.name).toBe(vm_name);
    const removed = await done(`/vms/${vm_id}/cluster`, { body: { action: "remove" } });
    expect(removed.outputs).toEqual({ vm_id, cluster: null });
    expect((await vmNamed(vm_name)).cluster_role).toBeNull();
  });

  it("goes with the files that were told of before", async () => {
    const vm = await newVm();
    const plan = (await stack.api(`/vms/${vm.vm_id}/deletion-plan`)).body;
    const path = vm.disks[0]?.path;
    expect(plan).toMatchObject({
      files: [{ path, kind: "disk", deletable: true, reason: null }],
      state: "off",
      checkpoints: 0,
      next: null,
    });
    const { outputs } = await done(`/vms/${vm.vm_id}?delete_files=true`, remove());
    expect(outputs).toMatchObject({ vm_id: vm.vm_id, deleted_files: [path], kept_files: [] });
    expect((await stack.api(`/vms/${vm.vm_id}`)).status).toBe(404);
    expect(await stack.simulator.vm(vm.vm_name)).toBeUndefined();
  });

  it("goes alone where nothing else is said, and is turned off first where that is", async () => {
    const vm = await newVm();
    await done(`/vms/${vm.vm_id}/power`, { body: { action: "start" } });
    expect(await refused(`/vms/${vm.vm_id}`, remove())).toEqual([409, "vm_not_off", [""]]);
    const { outputs } = await done(`/vms/${vm.vm_id}?turn_off=true`, remove());
    expect(outputs).toMatchObject({ deleted_files: [], kept_files: [vm.disks[0]?.path] });
  });
});

describe("a disk", () => {
  it("is listed, shown, grown, and deleted with its file", async () => {
    const vm = await newVm();
    const list = (await stack.api<{ disks: DiskRecord[] }>(`/vms/${vm.vm_id}/disks`)).body;
    expect(list).toMatchObject({ vm_id: vm.vm_id, host: "hv01", stale: false, disks: vm.disks });
    const grown = await done(diskPath(vm), patch({ size_gb: 25 }));
    expect(grown).toMatchObject({ kind: "disk.update", outputs: { size_gb: 25, vm_id: vm.vm_id } });
    const shown = await stack.api<DiskRecord>(diskPath(vm));
    expect(shown.body).toMatchObject({ path: vm.disks[0]?.path, size_bytes: 25 * 2 ** 30, vm_id: vm.vm_id });
    const { outputs } = await done(`${diskPath(vm)}?delete_file=true`, remove());
    expect(outputs).toMatchObject({ path: vm.disks[0]?.path, deleted: true });
    expect((await stack.simulator.vm(vm.vm_name))?.disks).toEqual([]);
    expect(await refused(diskPath(vm), {})).toEqual([404, "disk_not_found", []]);
  });
});

describe("a network adapter", () => {
  it("is listed, shown, changed, and removed", async () => {
    const vm = await newVm();
    const list = (await stack.api<{ nics: NicRecord[] }>(`/vms/${vm.vm_id}/nics`)).body;
    expect(list).toMatchObject({ vm_id: vm.vm_id, nics: [{ network: "Servers" }] });
    const wanted = { network: "Production", adapter_name: "front", mac_address: "00-15-5D-0A-0B-0C" };
    const { outputs } = await done(nicPath(vm), patch(wanted));
    expect(outputs).toMatchObject({ adapter_name: "front", mac_address: "00-15-5D-0A-0B-0C" });
    expect((await stack.api<NicRecord>(nicPath(vm))).body).toMatchObject(wanted);
    await done(nicPath(vm), remove());
    expect((await stack.simulator.vm(vm.vm_name))?.adapters).toEqual([]);
    expect(await refused(nicPath(vm), remove())).toEqual([404, "nic_not_found", []]);
  });
});

describe("what is refused by name", () => {
  it("is a field that cannot be changed, that only the guest is told, or that does not exist", async () => {
    const vm = await newVm();
    const vmPath = `/vms/${vm.vm_id}`;
    const cases: [string, JsonObject, string[]][] = [
      [vmPath, { target_host: "hv02", os_family: "windows" }, ["/os_family", "/target_host"]],
      [vmPath, { domain: "corp.example.com" }, ["/domain"]],
      [vmPath, { colour: "red" }, ["/colour"]],
      [vmPath, { gb_ram: 0 }, ["/gb_ram"]],
      [vmPath, {}, [""]],
      [diskPath(vm), { size_gb: 20, storage_class: "gold" }, ["/storage_class"]],
      [nicPath(vm), { ip_address: "10.1.2.3" }, ["/ip_address"]],
    ];
    for (const [path, body, pointers] of cases) {
      expect(await refused(path, patch(body)), JSON.stringify(body)).toEqual([
        422,
        "invalid_request",
        pointers,
      ]);
    }
  });

  it("is an action that does not exist, and a query that says something else", async () => {
    const { vm_id } = await newVm();
    const invalid = [422, "invalid_request"];
    expect(await refused(`/vms/${vm_id}/power`, { body: { action: "explode" } })).toEqual([
      ...invalid,
      ["/action"],
    ]);
    expect(await refused(`/vms/${vm_id}/cluster`, { body: {} })).toEqual([...invalid, ["/action"]]);
    expect(await refused(`/vms/${vm_id}?delete_files=yes`, remove())).toEqual([...invalid, []]);
    expect(await refused(`/vms/${vm_id}/deletion-plan?x=1`, {})).toEqual([...invalid, []]);
  });

  it("is a VM that no host lists", async () => {
    const nobody = `/vms/${randomUUID()}`;
    const requests: [string, Init][] = [
      ["", {}],
      ["?refresh=true", {}],
      ["", patch({ gb_ram: 2 })],
      ["", remove()],
      ["/deletion-plan", {}],
      ["/power", { body: { action: "start" } }],
      ["/cluster", { body: { action: "add" } }],
      ["/disks", {}],
      ["/disks/x", patch({ size_gb: 2 })],
      ["/nics/x", remove()],
    ];
    for (const [path, init] of requests) {
      expect(await refused(nobody + path, init), path).toEqual([404, "vm_not_found", []]);
    }
  });
});

describe("two operators", () => {
  it("lose nothing of each other's: the second is told that the VM has changed", async () => {
    const { vm_id } = await newVm();
    const seen = (await stack.api(`/vms/${vm_id}`)).headers.get("etag") ?? "";
    expect(seen).toMatch(/^"/);
    await done(`/vms/${vm_id}`, patch({ cpu_cores: 2 }, { "if-match": seen }));
    const conflict = [412, "vm_changed", []];
    expect(await refused(`/vms/${vm_id}`, patch({ cpu_cores: 3 }, { "if-match": seen }))).toEqual(conflict);
    expect(await refused(`/vms/${vm_id}`, remove({ "if-match": seen }))).toEqual(conflict);
    const power = { body: { action: "start" }, headers: { "if-match": seen } };
    expect(await refused(`/vms/${vm_id}/power`, power)).toEqual(conflict);
    const now = (await stack.api(`/vms/${vm_id}`)).headers.get("etag") ?? "";
    await done(`/vms/${vm_id}`, patch({ cpu_cores: 3 }, { "if-match": now }));
  });

  it("are told so by the host itself, before anything is sent", async () => {
    const { vm_id } = await newVm();
    const seen = (await stack.api(`/vms/${vm_id}`)).headers.get("etag") ?? "";
    await stack.simulator.rename(vm_id, "somebody-elses");
    const job = await change(`/vms/${vm_id}`, patch({ cpu_cores: 2 }, { "if-match": seen }));
    expect(job).toMatchObject({ state: "failed", error: { code: "vm_changed" } });
    expect(await stack.simulator.vm("somebody-elses")).toMatchObject({ processor_count: 1 });
  });

  it("change parts of a VM under the part's own ETag", async () => {
    const vm = await newVm();
    const disk = (await stack.api(diskPath(vm))).headers.get("etag") ?? "";
    const nic = (await stack.api(nicPath(vm))).headers.get("etag") ?? "";
    await done(nicPath(vm), patch({ adapter_name: "first" }, { "if-match": nic }));
    expect(await refused(nicPath(vm), remove({ "if-match": nic }))).toEqual([412, "vm_changed", []]);
    await done(diskPath(vm), patch({ size_gb: 12 }, { "if-match": disk }));
    expect(await refused(diskPath(vm), remove({ "if-match": disk }))).toEqual([412, "vm_changed", []]);
    expect(await refused(nicPath(vm), remove({ "if-match": "first" }))).toEqual([422, "invalid_request", []]);
    await done(nicPath(vm), remove({ "if-match": "*" }));
  });
});

describe("a single resource", () => {
  it("is read from its host when asked for fresh, and else answered with its age", async () => {
    const { vm_id } = await newVm();
    await stack.simulator.rename(vm_id, "outside");
    const known = await stack.api<VmView>(`/vms/${vm_id}`);
    expect(known.body.vm_name).not.toBe("outside");
    const fresh = await stack.api<VmView>(`/vms/${vm_id}?refresh=true`);
    expect(fresh.body).toMatchObject({ vm_name: "outside", host: "hv01" });
    expect(Date.parse(fresh.body.as_of)).toBeGreaterThan(Date.parse(known.body.as_of));
    expect((await stack.api<VmView>(`/vms/${vm_id}`)).body.vm_name).toBe("outside");
  });

  it("costs nothing while nothing has changed", async () => {
    const { vm_id } = await newVm();
    // The host is being read after the job.
    await eventually(async () => {
      const etag = (await stack.api(`/vms/${vm_id}/disks`)).headers.get("etag") ?? "";
      const again = await stack.api(`/vms/${vm_id}/disks`, { headers: { "if-none-match": etag } });
      return again.status === 304 && again.headers.get("etag") === etag;
    }, "an answer without a body");
  });

  it("says why it cannot be read from a host that is down", async () => {
    const { vm_id } = await vmNamed("backup01");
    await stack.simulator.power("hv03", false);
    const [status, code] = await refused(`/vms/${vm_id}?refresh=true`, {});
    await stack.simulator.power("hv03", true);
    expect([status, code]).toEqual([503, "host_unreachable"]);
    expect((await stack.api<VmView>(`/vms/${vm_id}`)).status).toBe(200);
  });
});

describe("a change that is only checked", () => {
  it("starts nothing", async () => {
    const vm = await newVm();
    const total = async () => (await stack.api<{ total: number }>("/jobs")).body.total;
    const before = await total();
    for (const [path, init] of [
      [`/vms/${vm.vm_id}?validate_only=true`, patch({ gb_ram: 2 })],
      [`/vms/${vm.vm_id}?validate_only=true&delete_files=true`, remove()],
      [`/vms/${vm.vm_id}/power?validate_only=true`, { body: { action: "start" } }],
      [`/vms/${vm.vm_id}/cluster?validate_only=true`, { body: { action: "add" } }],
      [`${diskPath(vm)}?validate_only=true`, patch({ size_gb: 20 })],
      [`${diskPath(vm)}?validate_only=true&delete_file=true`, remove()],
      [`${nicPath(vm)}?validate_only=true`, patch({ network: "Production" })],
      [`${nicPath(vm)}?validate_only=true`, remove()],
    ] satisfies [string, Init][]) {
      const answer = await stack.api(path, init);
      expect([answer.status, answer.body], path).toEqual([200, { valid: true }]);
    }
    expect(await total()).toBe(before);
  });
});

describe("an Idempotency-Key", () => {
  it("makes one job of a deletion that is sent again, and is no other request's", async () => {
    const vm = await newVm();
    const key = { "idempotency-key": randomUUID() };
    const first = await stack.api<Answer>(`/vms/${vm.vm_id}`, remove(key));
    expect((await stack.endOf(first.body.job_id)).state).toBe("succeeded");
    const again = await stack.api<Answer>(`/vms/${vm.vm_id}`, remove(key));
    expect([again.status, again.body.job_id]).toEqual([202, first.body.job_id]);
    const other = await refused(`/vms/${vm.vm_id}?delete_files=true`, remove(key));
    expect(other).toEqual([409, "idempotency_conflict", []]);
  });
});

describe("files on shared storage", () => {
  it("stay while another node of the cluster has not answered, and the job says which", async () => {
    const vm = await newVm();
    await stack.simulator.power("hv02", false);
    const plan = (await stack.api(`/vms/${vm.vm_id}/deletion-plan`)).body;
    const job = await change(`/vms/${vm.vm_id}?delete_files=true`, remove());
    await stack.simulator.power("hv02", true);
    expect(plan).toMatchObject({
      files: [{ deletable: false, code: "file_users_unknown" }],
      next: expect.stringContaining("HV02 did not answer"),
    });
    expect(job).toMatchObject({ state: "failed", error: { code: "file_users_unknown" } });
    expect(job.error?.next).toContain("HV02 did not answer");
    expect(await stack.simulator.vm(vm.vm_name)).toBeDefined();
    await done(`/vms/${vm.vm_id}?delete_files=true`, remove());
  });
});

/** Section 4 of the agents' protocol: every code that an operation may answer. */
const CODES: Record<string, string[]> = Object.fromEntries(
  readFileSync(new URL("../../docs/agent-protocol.md", import.meta.url), "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter((cells) => cells.length === 7)
    .map(([, agent, operation, , , codes = ""]) => [
      `${agent}/${operation}`,
      [...codes.matchAll(/`([a-z_]+)`/g)].map(([, code = ""]) => code),
    ]),
);

/** How each of the agents' operations is asked for. */
const REQUESTS: Record<string, (vm: VmView) => [string, Init]> = {
  "vm/update": ({ vm_id }) => [`/vms/${vm_id}`, patch({ gb_ram: 2 })],
  "vm/delete": ({ vm_id }) => [`/vms/${vm_id}?delete_files=true`, remove()],
  "vm/power": ({ vm_id }) => [`/vms/${vm_id}/power`, { body: { action: "start" } }],
  "vm/cluster_add": ({ vm_id }) => [`/vms/${vm_id}/cluster`, { body: { action: "add" } }],
  "vm/cluster_remove": ({ vm_id }) => [`/vms/${vm_id}/cluster`, { body: { action: "remove" } }],
  "disk/update": (vm) => [diskPath(vm), patch({ size_gb: 30 })],
  "disk/delete": (vm) => [`${diskPath(vm)}?delete_file=true`, remove()],
  "nic/update": (vm) => [nicPath(vm), patch({ adapter_name: "other" })],
  "nic/delete": (vm) => [nicPath(vm), remove()],
};

describe("what an agent refuses", () => {
  it.each(Object.keys(REQUESTS))(
    "of %s ends its job with the agent's code, and with what to do",
    async (call) => {
      const [agent = "", operation = ""] = call.split("/");
      const vm = await newVm();
      const codes = [...(CODES[call] ?? []), "hyperv_error"];
      expect(codes.length).toBeGreaterThan(1);
      for (const code of codes) {
        await stack.simulator.fault({ kind: "agent_error", host: "hv01", agent, operation, code });
        const [path, init] = REQUESTS[call]?.(vm) ?? ["", {}];
        const job = await change(path, init);
        expect([job.state, job.error?.code], code).toEqual(["failed", code]);
        expect(job.error?.next).toBe(ERROR_CATALOGUE[code as keyof typeof ERROR_CATALOGUE].next);
      }
    },
  );
});
