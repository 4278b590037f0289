import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DiskRecord, NicRecord, VmView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import {
  type Answer,
  ChangingClient,
  diskPath,
  type Init,
  nicPath,
  patch,
  remove,
} from "@/tests/support/changing-client";
import { Stack } from "@/tests/support/stack";

/** VMs, disks and adapters changed and deleted over the API, on hosts that obey. */

let stack: Stack;
let client: ChangingClient;
beforeAll(async () => {
  // Nothing is read but after jobs and on demand.
  stack = await Stack.start({ config: { inventory: { period_seconds: 3_600 } } });
  client = new ChangingClient(stack);
});
afterEach(async () => {
  await stack.simulator.clearFaults();
});
afterAll(() => stack.stop());

describe("a VM", () => {
  it("gets another name, memory and processors", async () => {
    const vm = await client.newVm();
    const job = await client.done(`/vms/${vm.vm_id}`, patch({ vm_name: "renamed", gb_ram: 3, cpu_cores: 2 }));
    expect(job).toMatchObject({ kind: "vm.update", outputs: { vm_id: vm.vm_id, vm_name: "renamed" } });
    expect(await stack.simulator.vm("renamed")).toMatchObject({
      processor_count: 2,
      memory_startup_bytes: 3 * 2 ** 30,
    });
    expect(await client.vmNamed("renamed")).toMatchObject({ vm_id: vm.vm_id, cpu_cores: 2 });
  });

  it("is brought from each power state to the next", async () => {
    const { vm_id } = await client.newVm();
    for (const [action, state] of [
      ["start", "running"],
      ["pause", "paused"],
      ["resume", "running"],
      ["save", "saved"],
      ["start", "running"],
      ["reset", "running"],
      ["turn_off", "off"],
    ]) {
      const job = await client.done(`/vms/${vm_id}/power`, { body: { action } });
      expect(job.outputs).toEqual({ vm_id, vm_state: state });
      expect((await stack.api<VmView>(`/vms/${vm_id}`)).body.state).toBe(state);
    }
    const { vm_id: guest } = await client.vmNamed("dc01");
    await client.done(`/vms/${guest}/power`, { body: { action: "restart" } });
    const { outputs } = await client.done(`/vms/${guest}/power`, { body: { action: "shutdown" } });
    expect(outputs.vm_state).toBe("off");
    await client.done(`/vms/${guest}/power`, { body: { action: "start" } });
  });

  it("becomes a role of its cluster, and leaves it", async () => {
    const { vm_id, vm_name } = await client.newVm();
    const added = await client.done(`/vms/${vm_id}/cluster`, { body: { action: "add" } });
    expect(added.outputs).toEqual({ vm_id, cluster: "cluster01" });
    expect((await client.vmNamed(vm_name)).cluster_role?.name).toBe(vm_name);
    const removed = await client.done(`/vms/${vm_id}/cluster`, { body: { action: "remove" } });
    expect(removed.outputs).toEqual({ vm_id, cluster: null });
    expect((await client.vmNamed(vm_name)).cluster_role).toBeNull();
  });

  it("goes with the files that were told of before", async () => {
    const vm = await client.newVm();
    const plan = (await stack.api(`/vms/${vm.vm_id}/deletion-plan`)).body;
    const path = vm.disks[0]?.path;
    expect(plan).toMatchObject({
      files: [{ path, kind: "disk", deletable: true, reason: null }],
      state: "off",
      checkpoints: 0,
      next: null,
    });
    const { outputs } = await client.done(`/vms/${vm.vm_id}?delete_files=true`, remove());
    expect(outputs).toMatchObject({ vm_id: vm.vm_id, deleted_files: [path], kept_files: [] });
    expect((await stack.api(`/vms/${vm.vm_id}`)).status).toBe(404);
    expect(await stack.simulator.vm(vm.vm_name)).toBeUndefined();
  });

  it("goes alone where nothing else is said, and is turned off first where that is", async () => {
    const vm = await client.newVm();
    await client.done(`/vms/${vm.vm_id}/power`, { body: { action: "start" } });
    expect(await client.refused(`/vms/${vm.vm_id}`, remove())).toEqual([409, "vm_not_off", [""]]);
    const { outputs } = await client.done(`/vms/${vm.vm_id}?turn_off=true`, remove());
    expect(outputs).toMatchObject({ deleted_files: [], kept_files: [vm.disks[0]?.path] });
  });
});

describe("a disk", () => {
  it("is listed, shown, grown, and deleted with its file", async () => {
    const vm = await client.newVm();
    const list = (await stack.api<{ disks: DiskRecord[] }>(`/vms/${vm.vm_id}/disks`)).body;
    expect(list).toMatchObject({ vm_id: vm.vm_id, host: "hv01", stale: false, disks: vm.disks });
    const grown = await client.done(diskPath(vm), patch({ size_gb: 25 }));
    expect(grown).toMatchObject({ kind: "disk.update", outputs: { size_gb: 25, vm_id: vm.vm_id } });
    const shown = await stack.api<DiskRecord>(diskPath(vm));
    expect(shown.body).toMatchObject({ path: vm.disks[0]?.path, size_bytes: 25 * 2 ** 30, vm_id: vm.vm_id });
    const { outputs } = await client.done(`${diskPath(vm)}?delete_file=true`, remove());
    expect(outputs).toMatchObject({ path: vm.disks[0]?.path, deleted: true });
    expect((await stack.simulator.vm(vm.vm_name))?.disks).toEqual([]);
    expect(await client.refused(diskPath(vm), {})).toEqual([404, "disk_not_found", []]);
  });
});

describe("a network adapter", () => {
  it("is listed, shown, changed, and removed", async () => {
    const vm = await client.newVm();
    const list = (await stack.api<{ nics: NicRecord[] }>(`/vms/${vm.vm_id}/nics`)).body;
    expect(list).toMatchObject({ vm_id: vm.vm_id, nics: [{ network: "Servers" }] });
    const wanted = { network: "Production", adapter_name: "front", mac_address: "00-15-5D-0A-0B-0C" };
    const { outputs } = await client.done(nicPath(vm), patch(wanted));
    expect(outputs).toMatchObject({ adapter_name: "front", mac_address: "00-15-5D-0A-0B-0C" });
    expect((await stack.api<NicRecord>(nicPath(vm))).body).toMatchObject(wanted);
    await client.done(nicPath(vm), remove());
    expect((await stack.simulator.vm(vm.vm_name))?.adapters).toEqual([]);
    expect(await client.refused(nicPath(vm), remove())).toEqual([404, "nic_not_found", []]);
  });
});

describe("what is refused by name", () => {
  it("is a field that cannot be changed, that only the guest is told, or that does not exist", async () => {
    const vm = await client.newVm();
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
      expect(await client.refused(path, patch(body)), JSON.stringify(body)).toEqual([
        422,
        "invalid_request",
        pointers,
      ]);
    }
  });

  it("is an action that does not exist, and a query that says something else", async () => {
    const { vm_id } = await client.newVm();
    const invalid = [422, "invalid_request"];
    expect(await client.refused(`/vms/${vm_id}/power`, { body: { action: "explode" } })).toEqual([
      ...invalid,
      ["/action"],
    ]);
    expect(await client.refused(`/vms/${vm_id}/cluster`, { body: {} })).toEqual([...invalid, ["/action"]]);
    expect(await client.refused(`/vms/${vm_id}?delete_files=yes`, remove())).toEqual([...invalid, []]);
    expect(await client.refused(`/vms/${vm_id}/deletion-plan?x=1`, {})).toEqual([...invalid, []]);
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
      expect(await client.refused(nobody + path, init), path).toEqual([404, "vm_not_found", []]);
    }
  });
});

describe("the schemas of the requests", () => {
  it("are published, to make a component and to change it", async () => {
    const fieldsOf = async (name: string) => {
      const { body } = await stack.api<{ properties: JsonObject }>(`/schemas/${name}`);
      return Object.keys(body.properties);
    };
    expect(await fieldsOf("vm-update")).toEqual(["vm_name", "cpu_cores", "gb_ram"]);
    expect(await fieldsOf("disk-update")).toEqual(["size_gb"]);
    expect(await fieldsOf("nic-update")).toEqual(["network", "adapter_name", "mac_address"]);
    expect(await fieldsOf("nic-spec")).toEqual(["network", "adapter_name", "mac_address"]);
    expect(await fieldsOf("disk-spec")).toContain("image_name");
    const { schemas } = (await stack.api<{ schemas: { name: string; href: string }[] }>("/schemas")).body;
    const names = schemas.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["vm", "vm-spec", "vm-update", "initialization"]));
  });
});

describe("a change that is only checked", () => {
  it("starts nothing", async () => {
    const vm = await client.newVm();
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
    const vm = await client.newVm();
    const key = { "idempotency-key": randomUUID() };
    const first = await stack.api<Answer>(`/vms/${vm.vm_id}`, remove(key));
    expect((await stack.endOf(first.body.job_id)).state).toBe("succeeded");
    const again = await stack.api<Answer>(`/vms/${vm.vm_id}`, remove(key));
    expect([again.status, again.body.job_id]).toEqual([202, first.body.job_id]);
    const other = await client.refused(`/vms/${vm.vm_id}?delete_files=true`, remove(key));
    expect(other).toEqual([409, "idempotency_conflict", []]);
  });
});
