import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClusterView } from "@/lib/domain/cluster";
import type { HostView, InventoryChanges, VmView } from "@/lib/domain/inventory";
import type { Problem } from "@/lib/domain/problem";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

/** The inventory's API over real hosts' answers, while people and clusters change hosts and VMs without AetherV. */

let stack: Stack;

beforeAll(async () => {
  // Nothing is read but on demand, and what the server itself finds to be read.
  stack = await Stack.start({ config: { inventory: { period_seconds: 3_600 } } });
});
afterAll(() => stack.stop());

async function get<T>(path: string): Promise<T> {
  return (await stack.api<T>(path)).body;
}

async function listed(query = ""): Promise<VmView[]> {
  return (await get<{ vms: VmView[] }>(`/vms${query}`)).vms;
}

async function vmNamed(name: string): Promise<VmView> {
  const found = (await listed()).filter(({ vm_name }) => vm_name === name);
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} VMs are called ${name}.`);
  return found[0];
}

/** Has a host read; resolves once a read has ended well that began after this call. */
async function read(host: string): Promise<void> {
  const from = Date.now();
  await stack.api("/inventory/refresh", { body: { host } });
  await eventually(async () => {
    const { as_of } = await get<HostView>(`/hosts/${host}`);
    return Date.parse(as_of ?? "") >= from;
  }, `${host} to be read`);
}

/** Has a host read that is down; resolves once that is known. */
async function readInVain(host: string): Promise<void> {
  await stack.api("/inventory/refresh", { body: { host } });
  await eventually(
    async () => (await get<HostView>(`/hosts/${host}`)).state === "unreachable",
    `${host} not to answer`,
  );
}

async function tagOf(path: string): Promise<string> {
  return (await stack.api(path)).headers.get("etag") ?? "";
}

async function statusWith(path: string, etag: string): Promise<number> {
  return (await stack.api(path, { headers: { "if-none-match": etag } })).status;
}

describe("what the API tells of hosts, clusters and VMs", () => {
  it("says of each host what it is, what reading it cost, and when it is read again", async () => {
    const { hosts } = await get<{ hosts: HostView[] }>("/hosts");
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ["hv01", "online"],
      ["hv02", "online"],
      ["hv03", "online"],
    ]);
    for (const host of hosts) {
      expect(host.refresh).toMatchObject({ round_trips: expect.any(Number) as number });
      expect(Date.parse(host.next_read_at ?? "")).toBeGreaterThan(Date.parse(host.as_of ?? ""));
      expect((await get<HostView>(`/hosts/${host.name}`)).record).toEqual(host.record);
    }
  });

  it("builds clusters from their hosts, found by name whatever its case", async () => {
    const { clusters } = await get<{ clusters: ClusterView[] }>("/clusters");
    expect(clusters).toMatchObject([{ name: "cluster01", vm_count: 5 }]);
    expect(clusters[0]?.nodes.map(({ host }) => host)).toEqual(["hv01", "hv02"]);
    expect(clusters[0]?.storage_classes.every(({ shared }) => shared)).toBe(true);
    expect(await get<ClusterView>("/clusters/CLUSTER01")).toEqual(clusters[0]);
    const missing = await stack.api<Problem>("/clusters/cluster02");
    expect([missing.status, missing.body.code]).toEqual([404, "cluster_not_found"]);
  });

  it("lists VMs by host, cluster, state and words, in the order asked for, page by page", async () => {
    const names = async (query: string) => (await listed(query)).map(({ vm_name }) => vm_name);
    expect(await names("?host=hv03")).toEqual(["backup01", "test-debian"]);
    expect(await names("?cluster=cluster01&sort=-vm_name")).toEqual([
      "web01",
      "sql01",
      "gitlab",
      "dc01",
      "build-old",
    ]);
    expect(await names("?state=off")).toEqual(["build-old", "test-debian"]);
    expect(await names("?q=10.20.10.11")).toEqual(["dc01"]);
    const { vms, total } = await get<{ vms: VmView[]; total: number }>("/vms?limit=2&offset=2&sort=host");
    expect([vms.map(({ host }) => host), total]).toEqual([["hv01", "hv02"], 7]);
    expect((await stack.api("/vms?sort=colour")).status).toBe(422);
  });

  it("answers 304 while nothing has changed, and for what a change does not concern", async () => {
    const { vm_id } = await vmNamed("backup01");
    const paths = [
      "/inventory",
      "/hosts",
      "/hosts/hv01",
      "/hosts/hv03",
      "/clusters",
      "/vms",
      `/vms/${vm_id}`,
    ];
    const tags = await Promise.all(paths.map(tagOf));
    const statuses = () => Promise.all(paths.map((path, index) => statusWith(path, tags[index] ?? "")));
    // What can be changed under If-Match has a strong one.
    expect(tags.map((tag) => tag.startsWith('W/"'))).toEqual(paths.map((path) => !path.startsWith("/vms/")));
    expect(await statuses()).toEqual(paths.map(() => 304));
    await read("hv01");
    expect(await statuses()).toEqual([200, 200, 200, 304, 200, 200, 304]);
  });

  it("tells a client that follows it what has changed, and one of an earlier run everything", async () => {
    const first = await get<InventoryChanges>("/inventory");
    expect(first).toMatchObject({ complete: true, removed_vms: [] });
    expect(first.vms).toHaveLength(7);
    await stack.simulator.setState((await vmNamed("test-debian")).vm_id, "running");
    await read("hv03");
    const second = await get<InventoryChanges>(`/inventory?since=${first.revision}`);
    expect(second).toMatchObject({ complete: false, hosts: [{ name: "hv03" }], removed_vms: [] });
    expect(second.vms.map(({ vm_name, state }) => [vm_name, state])).toContainEqual([
      "test-debian",
      "running",
    ]);
    expect(second.vms.every(({ host }) => host === "hv03")).toBe(true);
    await stack.restartApp();
    expect(await get<InventoryChanges>(`/inventory?since=${second.revision}`)).toMatchObject({
      complete: true,
    });
  });
});

describe("what happens without AetherV", () => {
  it("follows a live migration: the VM is on its way, then on the other host, and always there once", async () => {
    const before = await vmNamed("dc01");
    await stack.simulator.migrate(before.vm_id, "hv02", 600);
    await read("hv01");
    expect(await vmNamed("dc01")).toMatchObject({ host: "hv01", activity: "migrating", state: "running" });
    await stack.simulator.migrate(before.vm_id, "hv02");
    await read("hv01");
    const after = await eventually(async () => {
      const vm = await vmNamed("dc01");
      expect(["hv01", "hv02"]).toContain(vm.host);
      return vm.host === "hv02" && vm;
    }, "dc01 to be seen on hv02");
    expect(after).toMatchObject({ vm_id: before.vm_id, activity: null, missing_since: null });
    const hosts = (await get<{ hosts: HostView[] }>("/hosts")).hosts.map(({ vm_count }) => vm_count);
    expect(hosts).toEqual([2, 3, 2]);
  });

  it("follows a rename", async () => {
    const { vm_id } = await vmNamed("gitlab");
    await stack.simulator.rename(vm_id, "forge");
    await read("hv02");
    expect(await vmNamed("forge")).toMatchObject({ vm_id, host: "hv02" });
    expect(await listed("?q=gitlab")).toEqual([]);
  });

  it("shows a deleted VM as missing until every host that may have it has answered", async () => {
    const { vm_id } = await vmNamed("web01");
    await stack.simulator.deleteVm(vm_id);
    await stack.simulator.power("hv01", false);
    await read("hv02");
    expect(await vmNamed("web01")).toMatchObject({
      host: "hv02",
      missing_since: expect.stringMatching(/Z$/) as string,
    });
    const { revision } = await get<InventoryChanges>("/inventory");
    await stack.simulator.power("hv01", true);
    await stack.api("/inventory/refresh", { body: {} });
    await eventually(async () => {
      const { removed_vms } = await get<InventoryChanges>(`/inventory?since=${revision}`);
      return removed_vms.includes(vm_id);
    }, "web01 to be gone");
    const gone = await stack.api<Problem>(`/vms/${vm_id}`);
    expect([gone.status, gone.body.code]).toEqual([404, "vm_not_found"]);
  });

  it("follows the reboot of a host: its VMs stay listed, clustered ones go on elsewhere, and it comes back", async () => {
    // Nothing else is being read then.
    for (const host of ["hv01", "hv02", "hv03"]) await read(host);
    const booted = (await get<HostView>("/hosts/hv01")).record?.booted_at ?? "";
    await stack.simulator.reboot("hv01", 3_600);
    await readInVain("hv01");
    expect(await get<HostView>("/hosts/hv01")).toMatchObject({
      state: "unreachable",
      error: { code: "host_unreachable" },
      record: { booted_at: booted },
    });
    expect(await vmNamed("sql01")).toMatchObject({ host: "hv01", stale: true });
    await read("hv02");
    expect(await vmNamed("sql01")).toMatchObject({ host: "hv02", stale: false, state: "running" });
    await stack.simulator.power("hv01", true);
    await stack.api("/inventory/refresh", { body: { host: "hv01" } });
    const back = await eventually(async () => {
      const host = await get<HostView>("/hosts/hv01");
      return host.state === "online" && host;
    }, "hv01 to be back");
    expect(back).toMatchObject({ error: null, vm_count: 0 });
    expect(Date.parse(back.record?.booted_at ?? "")).toBeGreaterThan(Date.parse(booted));
  });
});
