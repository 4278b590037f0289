import { describe, expect, it } from "vitest";
import { GB } from "@/lib/domain/units";
import { hostWith, networkWith } from "@/tests/support/host-views";
import { attentionOf, attentionOnHost, groupsOf } from "./attention";
import { remainder } from "./attention/item";
import { clustersOf } from "./cluster";
import type { HostRecord, HostView, StorageClassRecord, VmSummary } from "./inventory";
import type { JobView } from "./job";
import type { UnfinishedDeployment } from "./unfinished-deployment";

const NOW = Date.parse("2026-01-02T12:00:00.000Z");
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

interface Known {
  hosts?: HostView[];
  vms?: VmSummary[];
  jobs?: JobView[];
  unfinished?: UnfinishedDeployment[];
}

function itemsOf({ hosts = [], vms = [], jobs = [], unfinished = [] }: Known) {
  return attentionOf({ hosts, clusters: clustersOf(hosts), vms, jobs, unfinished, now: NOW });
}

const kindsOf = (known: Known) => itemsOf(known).map(({ kind }) => kind);

const unreachable = (name: string, record: Partial<HostRecord> | null = null) =>
  hostWith(name, record, {
    state: "unreachable",
    error: {
      code: "host_unreachable",
      message: "Connection refused.",
      next: "Check the listener.",
      since: ago(9),
    },
  });

function storage(free_bytes: number | null, more: Partial<StorageClassRecord> = {}): StorageClassRecord {
  return { name: "fast", path: "D:\\fast", capacity_bytes: 1000 * GB, free_bytes, shared: false, ...more };
}

function vm(vm_name: string, more: Partial<VmSummary> = {}): VmSummary {
  return {
    ...{ vm_id: `id-${vm_name}`, vm_name, host: "hv01", state: "running", activity: null },
    ...{
      missing_since: null,
      also_on: [],
      heartbeat: "ok",
      cluster_role: null,
      memory_assigned_bytes: 4 * GB,
    },
    ...more,
  } as VmSummary;
}

function job(job_id: string, more: Partial<JobView> = {}): JobView {
  return {
    ...{ job_id, kind: "managed_deployment", state: "failed", host: "hv01", vm_name: "web01", vm_id: null },
    ...{ parent_job_id: null, created_at: ago(60), started_at: ago(60), ended_at: ago(59) },
    error: { code: "vm_name_taken", message: "The name is taken.", next: "Take another." },
    ...more,
  } as JobView;
}

it("finds each deployment that nobody carries on with", () => {
  const left = {
    ...{ deployment_id: "d-1", vm_id: "id-web01", vm_name: "web01", host: "hv01", since: ago(60) },
    progress: { step: 2, steps: 4 },
  } as UnfinishedDeployment;
  expect(itemsOf({ unfinished: [left] })).toEqual([
    {
      id: "unfinished/d-1",
      kind: "deployment_unfinished",
      severity: "warning",
      place: { kind: "unfinished", deployment_id: "d-1", name: "web01" },
      what: "The deployment of web01 on hv01 stopped in step 2 of 4.",
      next: "Continue it, or remove what it has made.",
      since: ago(60),
    },
  ]);
});

it("finds nothing where all is well, however many there are", () => {
  const hosts = Array.from({ length: 100 }, (_, index) => hostWith(`hv${index}`));
  expect(itemsOf({ hosts, vms: [vm("web01"), vm("db01", { state: "off", heartbeat: null })] })).toEqual([]);
});

it("tells of a VM that several hosts have, and where", () => {
  expect(itemsOf({ hosts: [hostWith("hv01")], vms: [vm("web01", { also_on: ["hv02"] })] })).toMatchObject([
    {
      kind: "vm_on_several_hosts",
      severity: "warning",
      what: expect.stringContaining("on hv01 is also on hv02"),
    },
  ]);
});

describe("a host", () => {
  it("that tells of a VM in a way that cannot be read is told with that VM", () => {
    const unread_vms = [{ vm_id: null, vm_name: "web01", reason: "uptime_ms: is not a number" }];
    const [item, ...others] = itemsOf({ hosts: [hostWith("hv01", {}, { unread_vms })] });
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      kind: "vm_unreadable",
      severity: "warning",
      place: { kind: "host", name: "hv01" },
      what: "hv01 tells of VM web01 in a way that cannot be read: uptime_ms: is not a number.",
    });
  });

  it("that does not answer says why, since when and what to do, and nothing of its old data", () => {
    const old = { memory_available_bytes: 0, storage_classes: [storage(0)], resources_error: "bad" };
    expect(
      itemsOf({ hosts: [unreachable("hv01", old)], vms: [vm("web01", { state: "critical" })] }),
    ).toMatchObject([
      {
        kind: "host_unreachable",
        severity: "critical",
        place: { kind: "host", name: "hv01" },
        what: expect.stringContaining("Connection refused."),
        next: "Check the listener.",
        since: ago(9),
      },
    ]);
  });

  it.each([
    ["up", "c1 still sees its node up.", "The machine runs: "],
    ["down", "c1 sees its node down, too.", "Check the listener."],
  ] as const)("that does not answer while its cluster sees it %s: where to look", (state, sees, next) => {
    const nodes = [
      { name: "HV01", state },
      { name: "HV02", state: "up" as const },
    ];
    const gone = unreachable("hv01", { cluster: "c1", cluster_nodes: nodes });
    const items = itemsOf({ hosts: [gone, hostWith("hv02", { cluster: "c1", cluster_nodes: nodes })] });
    expect(items).toMatchObject([
      { kind: "host_unreachable", what: expect.stringContaining(sees), next: expect.stringContaining(next) },
    ]);
  });

  it("that was never read needs nothing yet", () => {
    expect(itemsOf({ hosts: [hostWith("hv01", null, { state: "pending", as_of: null })] })).toEqual([]);
  });

  it("with an unreadable resources file", () => {
    const items = itemsOf({ hosts: [hostWith("hv01", { resources_error: "Line 3 is not JSON." })] });
    expect(items).toMatchObject([
      { kind: "resources_unreadable", what: expect.stringContaining("Line 3 is not JSON.") },
    ]);
  });

  it.each([
    [256 * GB, 13 * GB, []],
    [256 * GB, 12 * GB, ["memory_low"]],
    [256 * GB, 1.9 * GB, ["memory_exhausted"]],
    [32 * GB, 2 * GB, []],
  ])("of %d bytes of memory with %d left: %j", (memory_total_bytes, memory_available_bytes, kinds) => {
    expect(kindsOf({ hosts: [hostWith("hv01", { memory_total_bytes, memory_available_bytes })] })).toEqual(
      kinds,
    );
  });

  it.each([
    [storage(101 * GB), []],
    [storage(99 * GB), ["storage_low"]],
    [storage(49 * GB), ["storage_full"]],
    [storage(null), ["storage_unreadable"]],
  ])("with %o: %j", (storageClass, kinds) => {
    expect(kindsOf({ hosts: [hostWith("hv01", { storage_classes: [storageClass] })] })).toEqual(kinds);
  });

  it("tells of a missing switch once, with the networks that need it", () => {
    const missing = { virtual_switch_present: false };
    const networks = ["Production", "DMZ"].map((name) => ({ ...networkWith(name, null), ...missing }));
    const items = itemsOf({
      hosts: [hostWith("hv01", { networks: [...networks, networkWith("Lab", null)] })],
    });
    expect(items).toMatchObject([
      {
        kind: "virtual_switch_missing",
        place: { name: "hv01", part: "networks" },
        what: expect.stringContaining("networks Production and DMZ"),
      },
    ]);
  });
});

describe("a cluster", () => {
  const nodes = [
    { name: "HV01", state: "up" as const },
    { name: "HV02", state: "up" as const },
    { name: "HV03", state: "down" as const },
    { name: "HV04", state: "paused" as const },
  ];
  const member = (name: string, more: Partial<HostRecord> = {}) =>
    hostWith(name, { cluster: "c1", cluster_nodes: nodes, ...more });

  it("with nodes down, paused and not configured", () => {
    const items = itemsOf({ hosts: [member("hv01"), member("hv02"), member("hv04")] });
    expect(items.map(({ kind, severity, place }) => [kind, severity, place.kind, place.name])).toEqual([
      ["cluster_node_down", "critical", "cluster", "c1"],
      ["cluster_node_not_configured", "warning", "cluster", "c1"],
      ["cluster_node_paused", "notice", "host", "hv04"],
    ]);
  });

  it("of which no host answers says nothing beside its hosts: all else is old", () => {
    const shared = storage(0, { path: "C:\\ClusterStorage\\V1", shared: true });
    const known = { cluster: "c1", cluster_nodes: nodes, storage_classes: [shared] };
    expect(kindsOf({ hosts: [unreachable("hv01", known), unreachable("hv02", known)] })).toEqual([
      "host_unreachable",
      "host_unreachable",
    ]);
  });

  it("has a full shared volume once, and one that a single node cannot read on that node", () => {
    const shared = { path: "C:\\ClusterStorage\\V1", shared: true };
    const all = [{ name: "HV01", state: "up" as const }];
    const host = (name: string, free: number | null, as_of: string) =>
      hostWith(
        name,
        { cluster: "c1", cluster_nodes: [...all], storage_classes: [storage(free, shared)] },
        { as_of },
      );
    const full = [host("hv01", 10 * GB, ago(1)), host("hv02", 10 * GB, ago(2))];
    expect(itemsOf({ hosts: full })).toMatchObject([
      { kind: "storage_full", place: { kind: "cluster", name: "c1" } },
    ]);
    const blind = [host("hv01", 500 * GB, ago(1)), host("hv02", null, ago(2))];
    expect(itemsOf({ hosts: blind })).toMatchObject([
      { kind: "storage_unreadable", place: { kind: "host", name: "hv02", part: "storage" } },
    ]);
  });
});

describe("a VM", () => {
  it.each([
    [{ state: "critical" }, ["vm_critical"]],
    [{ cluster_role: { name: "web01", state: "failed" } }, ["cluster_role_failed"]],
    [{ heartbeat: "lost" }, ["heartbeat_lost"]],
    [{ heartbeat: "error" }, ["heartbeat_lost"]],
    [{ heartbeat: "no_contact" }, []],
    [{ missing_since: ago(4) }, []],
    [{ missing_since: ago(6) }, ["vm_missing"]],
    [{ missing_since: ago(6), state: "critical" }, ["vm_missing"]],
  ] as const)("with %o: %j", (more, kinds) => {
    expect(kindsOf({ hosts: [hostWith("hv01")], vms: [vm("web01", more)] })).toEqual(kinds);
  });
});

describe("a job", () => {
  it("that failed today says why and what to do; one of the day before does not count", () => {
    const old = job("old", { created_at: ago(1_500), ended_at: ago(1_441) });
    expect(itemsOf({ jobs: [job("new"), old] })).toMatchObject([
      { kind: "job_failed", place: { kind: "job", job_id: "new" }, next: "Take another.", since: ago(59) },
    ]);
  });

  it("whose outcome is unknown counts as long as it is, and a deployment's step not beside it", () => {
    const running = { state: "unknown", ended_at: null } as const;
    const jobs = [job("whole", running), job("step", { ...running, parent_job_id: "whole" })];
    expect(itemsOf({ jobs })).toMatchObject([{ kind: "job_unknown", place: { job_id: "whole" } }]);
  });

  it.each([
    ["the same VM later", { created_at: ago(30) }, []],
    ["the same VM before", { created_at: ago(90) }, ["job_failed"]],
    ["another VM later", { created_at: ago(30), vm_name: "web02" }, ["job_failed"]],
    ["another work later", { created_at: ago(30), kind: "initialization" as const }, ["job_failed"]],
  ])("is settled by a success for %s: %j", (_, more, kinds) => {
    const success = job("again", { state: "succeeded", error: null, ended_at: ago(1), ...more });
    expect(kindsOf({ jobs: [job("first"), success] })).toEqual(kinds);
  });
});

it("has for one host what concerns it alone", () => {
  const cluster_nodes = ["HV01", "HV02"].map((name) => ({ name, state: "paused" as const }));
  const storage_classes = [storage(10 * GB, { path: "C:\\ClusterStorage\\V1", shared: true })];
  const hosts = ["hv01", "hv02"].map((name) =>
    hostWith(name, { cluster: "c1", cluster_nodes, storage_classes, memory_available_bytes: 5 * GB }),
  );
  const [host, cluster] = [hosts[0] ?? hostWith("hv01"), clustersOf(hosts)[0]];
  const items = attentionOnHost({ host, cluster, vms: [vm("web01", { state: "critical" })], now: NOW });
  expect(items.map(({ kind, place }) => [kind, place.name])).toEqual([
    ["vm_critical", "web01"],
    ["memory_low", "hv01"],
    ["cluster_node_paused", "hv01"],
  ]);
});

it.each([
  [2.57 * 1024 * GB, 100 * 1024 * GB, "2.5 TB (2 %)"],
  [673.9 * GB, 20_000 * GB, "673 GB (3 %)"],
  [900 * 2 ** 20, 256 * GB, "900 MB (< 1 %)"],
  [0, 256 * GB, "0 MB (< 1 %)"],
])("%d of %d bytes are told as %s, never as more than there is", (free, total, words) => {
  expect(remainder(free, total)).toBe(words);
});

it("lists the worst first, by place in natural order, and groups what is alike", () => {
  const hosts = [
    unreachable("hv10"),
    unreachable("hv2"),
    hostWith("hv01", { memory_available_bytes: 5 * GB }),
  ];
  const items = itemsOf({ hosts, vms: [vm("web01", { state: "critical" })], jobs: [job("failed")] });
  expect(items.map(({ place }) => place.name)).toEqual(["hv2", "hv10", "web01", "hv01", "web01"]);
  expect(groupsOf(items).map(({ kind, items: { length } }) => [kind, length])).toEqual([
    ["host_unreachable", 2],
    ["vm_critical", 1],
    ["memory_low", 1],
    ["job_failed", 1],
  ]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});
