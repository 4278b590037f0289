import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { ApiDocument, type DescribedOperation } from "@/tests/support/api-document";
import { AppServer } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { SimulatorProcess } from "@/tests/support/simulator-process";
import { Stack } from "@/tests/support/stack";

/** Every problem that the document names for an operation, met. */

/** What any operation can be refused for: `openapi.test.ts`. `internal_error` is what nobody knows how to cause. */
const ANYWHERE = [
  "invalid_request",
  "malformed_json",
  "unsupported_media_type",
  "body_too_large",
  "foreign_origin",
  "not_ready",
  "internal_error",
];
const NOBODY = "00000000-0000-4000-8000-000000000000";

interface Call {
  path?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  body?: JsonObject;
}

/** Unfinished jobs, and calls that wait for one host. */
const LIMIT = 8;

let stack: Stack;
let document: ApiDocument;
let vms: Map<string, VmView>;
const met = new Set<string>();

beforeAll(async () => {
  stack = await Stack.start({
    config: { deadlines: { read: 2, inventory: 6 }, jobs: { queued_limit: LIMIT } },
  });
  document = new ApiDocument((await stack.api("/openapi.json")).body);
  await leaveUnfinished("left01", "hv01", "nic");
  await leaveUnfinished("left02", "hv01", "disk");
  await leaveUnfinished("left03", "hv03", "nic");
  await read();
}, 120_000);
afterAll(() => stack?.stop());

async function read(): Promise<void> {
  const list = (await stack.api<{ vms: VmView[] }>("/vms?limit=500")).body.vms;
  vms = new Map(list.map((vm) => [vm.vm_name, vm]));
}

/** Has one host read anew, or all of them, until what is wanted is known. */
async function readAgain(host: string, isKnown: () => Promise<boolean>): Promise<void> {
  await eventually(async () => {
    await stack.api("/inventory/refresh", { body: host === "all" ? {} : { host } });
    await read();
    return isKnown();
  }, `what is known of ${host}`);
}

function hyphened(mac: string): string {
  return (mac.replaceAll(/[^0-9a-f]/gi, "").match(/../g) ?? []).join("-");
}

/** Deployments that were left unfinished, by the names of their VMs. */
const left = new Map<string, string>();

async function leaveUnfinished(vm_name: string, host: string, step: "disk" | "nic"): Promise<void> {
  const fault = {
    host,
    kind: "agent_error",
    agent: step,
    operation: "create",
    code: "hyperv_error",
    times: 1,
  };
  await stack.simulator.fault(fault);
  const body = deployment({ vm_name, target_host: host });
  const { job_id } = (await stack.api<{ job_id: string }>("/managed-deployments", { body })).body;
  left.set(vm_name, job_id);
  expect((await stack.endOf(job_id)).state).toBe("failed");
  const isListed = async () => {
    const list = await stack.api<{ deployments: { deployment_id: string }[] }>(
      "/managed-deployments/unfinished",
    );
    return list.body.deployments.some(({ deployment_id }) => deployment_id === job_id);
  };
  await eventually(isListed, "the deployment to be listed");
}

/** The whole request of such a deployment again. */
function goesOn(vm_name: string, changes: JsonObject = {}): Call {
  const { host } = vm(vm_name);
  const body = deployment({ vm_name, target_host: host, ...changes });
  return { path: { deployment_id: left.get(vm_name) ?? "" }, body };
}

function deployment(changes: JsonObject = {}): JsonObject {
  return {
    vm_name: "left01",
    os_family: "linux",
    target_host: "hv01",
    cpu_cores: 1,
    gb_ram: 1,
    image_name: "Ubuntu 24.04",
    size_gb: 30,
    network: "Servers",
    ...changes,
  };
}

function vm(name: string): VmView {
  const found = vms.get(name);
  if (found === undefined) throw new Error(`The inventory has no VM ${name}.`);
  return found;
}

/** A call of the operation that is in order, about the VM of this name where it is about one. */
function sound(id: string, name = "build-old"): Call {
  const { vm_id, disks, nics } = vm(name);
  const of = { vm_id };
  const disk = { vm_id, disk_id: disks[0]?.disk_id ?? "" };
  const nic = { vm_id, nic_id: nics[0]?.nic_id ?? "" };
  const calls: Record<string, Call> = {
    createManagedDeployment: { body: deployment({ vm_name: "new01" }) },
    continueUnfinishedDeployment: goesOn("left01"),
    removeUnfinishedDeployment: { path: { deployment_id: left.get("left01") ?? "" } },
    checkHost: { path: { name: "hv01" } },
    createVm: {
      body: { vm_name: "new02", os_family: "linux", target_host: "hv01", cpu_cores: 1, gb_ram: 1 },
    },
    updateVm: { path: of, body: { cpu_cores: 2 } },
    deleteVm: { path: of },
    powerVm: { path: of, body: { action: "start" } },
    clusterVm: { path: of, body: { action: "remove" } },
    initializeVm: { path: of, body: { os_family: "linux" } },
    createDisk: { path: of, body: { size_gb: 10 } },
    updateDisk: { path: disk, body: { size_gb: 900 } },
    deleteDisk: { path: disk },
    createNic: { path: of, body: { network: "Servers" } },
    updateNic: { path: nic, body: { adapter_name: "front" } },
    deleteNic: { path: nic },
    getVm: { path: of },
    listDisks: { path: of },
    getDisk: { path: disk },
    listNics: { path: of },
    getNic: { path: nic },
    planVmDeletion: { path: of },
  };
  return calls[id] ?? {};
}

async function call(id: string, made: Call, app: AppServer = stack.app): Promise<JsonObject> {
  const operation = document.operation(id);
  const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(made.path?.[name] ?? "none"),
  );
  const text = made.body === undefined ? undefined : JSON.stringify(made.body);
  const answer = await app.raw(`/api/v1${address}${made.query ?? ""}`, {
    method: operation.method,
    headers: { ...(text === undefined ? {} : { "content-type": "application/json" }), ...made.headers },
    ...(text === undefined ? {} : { body: text }),
  });
  expect(document.flaws(operation, answer)).toEqual([]);
  return (answer.text === "" ? {} : JSON.parse(answer.text)) as JsonObject;
}

async function meets(code: string, id: string, made: Call, app?: AppServer): Promise<void> {
  const { code: found, detail } = await call(id, made, app);
  expect([id, found, detail]).toEqual([id, code, detail]);
  met.add(`${id} ${code}`);
}

function codesOf({ responses }: DescribedOperation): string[] {
  return Object.values(responses).flatMap((response) => {
    const media = (response as { content?: Record<string, { schema: JsonObject }> }).content;
    const parts = media?.["application/problem+json"]?.schema.allOf as
      | [unknown, { properties: { code: { enum: string[] } } }]
      | undefined;
    return parts?.[1].properties.code.enum ?? [];
  });
}

function operationsWith(code: string): DescribedOperation[] {
  return document.operations.filter((operation) => codesOf(operation).includes(code));
}

const reads = () => operationsWith("host_unreachable");
const submissions = () => operationsWith("idempotency_conflict");

/** As many reads of hv01 as may run and wait, under way. */
async function runningReads(): Promise<Promise<unknown>[]> {
  const path = `/vms/${vm("build-old").vm_id}?refresh=true`;
  const under: Promise<unknown>[] = [];
  let full = false;
  while (!full) {
    const one = stack.api<{ code?: string }>(path).then(({ body }) => {
      if (body.code === "queue_full") full = true;
    });
    under.push(one);
    // What is refused is answered at once, what waits is not.
    await Promise.race([one, stack.api("/health/live")]);
  }
  return under;
}

function portOf(simulator: SimulatorProcess): number {
  const host = simulator.hosts.find(({ name }) => name === "hv01");
  return Number(new URL(host?.address ?? "").port);
}

const asked = (id: string, name: string): Call => {
  const made = sound(id, name);
  return id === "planVmDeletion" ? made : { ...made, query: "?refresh=true" };
};

describe("what is not there", () => {
  it.each([
    ["vm_not_found", { vm_id: NOBODY }],
    ["disk_not_found", { disk_id: "none" }],
    ["nic_not_found", { nic_id: NOBODY }],
    ["deployment_not_found", { deployment_id: "00000000-0000000000000001" }],
    ["job_not_found", { job_id: "none" }],
    ["job_gone", { job_id: "00000000-0000000000000000" }],
    ["cluster_not_found", { name: "none" }],
  ])("%s", async (code, path) => {
    for (const { id } of operationsWith(code)) {
      const made = sound(id);
      await meets(code, id, { ...made, path: { ...made.path, ...path } });
    }
  });

  it("host_not_found", async () => {
    await meets("host_not_found", "getHost", { path: { name: "hv09" } });
    await meets("host_not_found", "checkHost", { path: { name: "hv09" } });
    await meets("host_not_found", "refreshInventory", { body: { host: "hv09" } });
    for (const id of ["createVm", "createManagedDeployment"]) {
      await meets("host_not_found", id, { body: { ...sound(id).body, target_host: "hv09" } });
    }
  });

  it("not_found", async () => {
    for (const { id } of operationsWith("not_found"))
      await meets("not_found", id, { path: { name: "none" } });
  });
});

describe("what the request asks for", () => {
  const wrong: [string, string[], JsonObject][] = [
    ["vm_name_taken", ["createVm", "createManagedDeployment", "updateVm"], { vm_name: "dc01" }],
    ["insufficient_memory", ["createVm", "createManagedDeployment"], { gb_ram: 240 }],
    [
      "cluster_unavailable",
      ["createVm", "createManagedDeployment"],
      { target_host: "hv03", cluster_preference: "required" },
    ],
    ["image_not_found", ["createDisk", "createManagedDeployment"], { image_name: "none" }],
    ["image_os_mismatch", ["createManagedDeployment"], { image_name: "Windows Server 2025", size_gb: 60 }],
    [
      "disk_smaller_than_image",
      ["createDisk", "createManagedDeployment"],
      { image_name: "Ubuntu 24.04", size_gb: 5 },
    ],
    ["storage_class_not_found", ["createDisk", "createManagedDeployment"], { storage_class: "none" }],
    ["storage_full", ["createDisk", "createManagedDeployment"], { size_gb: 60_000, storage_type: "fixed" }],
    ["network_not_found", ["createNic", "createManagedDeployment", "updateNic"], { network: "none" }],
    ["disk_would_shrink", ["updateDisk"], { size_gb: 1 }],
  ];
  it.each(wrong)("%s by %s", async (code, ids, changes) => {
    for (const id of ids) await meets(code, id, { ...sound(id), body: { ...sound(id).body, ...changes } });
  });

  it("mac_address_taken", async () => {
    const mac = vm("dc01").nics[0]?.mac_address ?? "";
    for (const { id } of operationsWith("mac_address_taken")) {
      const made = sound(id);
      await meets("mac_address_taken", id, { ...made, body: { ...made.body, mac_address: hyphened(mac) } });
    }
  });

  it("insufficient_memory of a VM that runs", async () => {
    await meets("insufficient_memory", "updateVm", { ...sound("updateVm", "dc01"), body: { gb_ram: 240 } });
  });

  const later: [string, string, JsonObject][] = [
    ["image_not_found", "left02", { image_name: "none" }],
    ["image_os_mismatch", "left02", { image_name: "Windows Server 2025", size_gb: 60 }],
    ["disk_smaller_than_image", "left02", { size_gb: 5 }],
    ["storage_class_not_found", "left02", { storage_class: "none" }],
    ["storage_full", "left02", { size_gb: 60_000, storage_type: "fixed" }],
    ["network_not_found", "left01", { network: "none" }],
    ["cluster_unavailable", "left03", { cluster_preference: "required" }],
  ];
  it.each(later)("%s of what is left of %s", async (code, name, changes) => {
    await meets(code, "continueUnfinishedDeployment", goesOn(name, changes));
  });

  it("cluster_unavailable of a host in no cluster", async () => {
    await meets("cluster_unavailable", "clusterVm", {
      ...sound("clusterVm", "test-debian"),
      body: { action: "add" },
    });
  });

  it("host_resources_invalid", async () => {
    await stack.simulator.fault({ host: "hv03", kind: "host_resources", text: "no JSON" });
    await readAgain("hv03", async () => {
      const { body } = await stack.api<HostView>("/hosts/hv03");
      return body.record?.resources_error !== null;
    });
    for (const { id } of operationsWith("host_resources_invalid")) {
      const made = sound(id);
      await meets("host_resources_invalid", id, { ...made, body: { ...made.body, target_host: "hv03" } });
    }
    await stack.simulator.clearFaults();
    await readAgain("hv03", async () => {
      const { body } = await stack.api<HostView>("/hosts/hv03");
      return body.record?.resources_error === null;
    });
  });
});

describe("what stands against it", () => {
  it("vm_changed", async () => {
    for (const { id } of operationsWith("vm_changed")) {
      await meets("vm_changed", id, { ...sound(id), headers: { "if-match": '"old"' } });
    }
  });

  it("vm_not_off and power_action_not_allowed, by states that an action does not go with", async () => {
    await meets("power_action_not_allowed", "powerVm", { ...sound("powerVm"), body: { action: "pause" } });
    await stack.simulator.setState(vm("web01").vm_id, "saved");
    await stack.simulator.setState(vm("left01").vm_id, "saved");
    await readAgain("all", async () => [vm("web01"), vm("left01")].every(({ state }) => state === "saved"));
    for (const { id } of operationsWith("vm_not_off")) {
      const made = sound(id, id === "continueUnfinishedDeployment" ? "left01" : "web01");
      const body = id === "updateVm" ? { cpu_cores: 3 } : made.body;
      await meets("vm_not_off", id, { ...made, ...(body === undefined ? {} : { body }) });
    }
    await stack.simulator.setState(vm("left01").vm_id, "off");
    await readAgain("hv01", async () => vm("left01").state === "off");
  });

  it("vm_has_checkpoints", async () => {
    await stack.simulator.checkpoint(vm("test-debian").vm_id, "before the change");
    await stack.simulator.checkpoint(vm("left03").vm_id, "before the change");
    await readAgain("all", async () => vm("test-debian").checkpoints + vm("left03").checkpoints === 2);
    for (const { id } of operationsWith("vm_has_checkpoints")) {
      const made = id.includes("Unfinished") ? goesOn("left03") : sound(id, "test-debian");
      await meets("vm_has_checkpoints", id, id.startsWith("remove") ? { path: made.path ?? {} } : made);
    }
  });

  // Only what several reads in a row tell counts: a VM on the move is on two hosts for a moment, too.
  it("vm_on_several_hosts", async () => {
    await stack.simulator.replicate(vm("gitlab").vm_id, "hv03");
    await stack.simulator.replicate(vm("left03").vm_id, "hv02");
    await readAgain("all", async () =>
      [vm("gitlab"), vm("left03")].every(({ also_on }) => also_on.length > 0),
    );
    for (const { id } of operationsWith("vm_on_several_hosts")) {
      const made = id === "continueUnfinishedDeployment" ? goesOn("left03") : sound(id, "gitlab");
      await meets("vm_on_several_hosts", id, made);
    }
  }, 120_000);

  it("deployment_in_progress", async () => {
    await stack.simulator.fault({ host: "hv01", kind: "agent_hangs", agent: "disk", operation: "create" });
    const begun = await call("continueUnfinishedDeployment", goesOn("left02"));
    const { path = {} } = goesOn("left02");
    await meets("deployment_in_progress", "continueUnfinishedDeployment", goesOn("left02"));
    await meets("deployment_in_progress", "removeUnfinishedDeployment", { path });
    const job = { path: { job_id: String(begun.job_id) } };
    await call("cancelJob", { ...job, body: {} });
    await stack.endOf(String(begun.job_id));
    await meets("job_not_cancelable", "cancelJob", { ...job, body: {} });
    await stack.simulator.clearFaults();
  });

  it("deployment_changed", async () => {
    const disk = { path: { vm_id: vm("left02").vm_id }, body: { size_gb: 10 } };
    const { job_id } = await call("createDisk", disk);
    expect((await stack.endOf(String(job_id))).error).toBeNull();
    const { path = {} } = goesOn("left02");
    await meets("deployment_changed", "continueUnfinishedDeployment", goesOn("left02"));
    await meets("deployment_changed", "removeUnfinishedDeployment", { path });
  });

  it("idempotency_conflict", async () => {
    const headers = { "idempotency-key": "of-another-request" };
    await call("checkHost", { path: { name: "hv02" }, headers });
    for (const { id } of operationsWith("idempotency_conflict")) {
      await meets("idempotency_conflict", id, { ...sound(id), headers });
    }
  });
});

describe("what is the matter with the host that is asked", () => {
  const faults: [string, JsonObject][] = [
    ["host_authentication_failed", { kind: "unauthorized", times: null }],
    ["host_access_denied", { kind: "fault", action: "Create", code: 2147942405, times: null }],
    ["contact_lost", { kind: "reset", action: "Command", when: "after", times: null }],
    ["winrm_fault", { kind: "fault", action: "Create", code: 2150858999, times: null }],
    ["agent_failed", { kind: "agent_crash", times: null }],
    ["hyperv_error", { kind: "agent_error", code: "hyperv_error", times: null }],
    ["deadline_exceeded", { kind: "agent_hangs", times: null }],
    ["host_busy", { kind: "quota", times: null }],
  ];
  it.each(faults)("%s", async (code, fault) => {
    await stack.simulator.fault({ host: "hv01", ...fault });
    await Promise.all(operationsWith(code).map(({ id }) => meets(code, id, asked(id, "build-old"))));
    await stack.simulator.clearFaults();
  });

  it("host_unreachable", async () => {
    await stack.simulator.power("hv02", false);
    for (const { id } of operationsWith("host_unreachable"))
      await meets("host_unreachable", id, asked(id, "web01"));
    await stack.simulator.power("hv02", true);
  });

  it("host_certificate_rejected", async () => {
    const other = await SimulatorProcess.start();
    const [trusted, untrusted] = [portOf(stack.simulator), portOf(other)];
    let port = trusted;
    const between = createServer((socket) => {
      const onward = connect(port, "localhost");
      socket.on("error", () => onward.destroy()).pipe(onward);
      onward.on("error", () => socket.destroy()).pipe(socket);
    });
    between.listen(0, "localhost");
    await once(between, "listening");
    const { hosts, ...rest } = stack.simulator.configuration();
    const [hv01] = hosts as JsonObject[];
    const address = `https://localhost:${(between.address() as AddressInfo).port}`;
    const app = await AppServer.start({ ...rest, hosts: [{ ...hv01, address }] });
    port = untrusted;
    for (const { id } of operationsWith("host_certificate_rejected")) {
      await meets("host_certificate_rejected", id, asked(id, "build-old"), app);
    }
    await app.stop();
    between.close();
    await other.stop();
  });
});

describe("how much there is to do", () => {
  it("queue_full of reads that wait for one host", async () => {
    await stack.simulator.fault({ host: "hv01", kind: "agent_hangs", times: null });
    const running: Promise<unknown>[] = [];
    for (const { id } of reads()) {
      running.push(...(await runningReads()));
      await meets("queue_full", id, asked(id, "build-old"));
    }
    await Promise.all(running);
    await stack.simulator.clearFaults();
  });

  it("queue_full and shutting_down of jobs", async () => {
    await stack.simulator.fault({ host: "hv03", kind: "agent_hangs", times: null });
    const request = { os_family: "linux", target_host: "hv03", cpu_cores: 1, gb_ram: 1 };
    let status = 202;
    for (let n = 1; status === 202; n++) {
      status = (await stack.api("/vms", { body: { ...request, vm_name: `waiting${n}` } })).status;
    }
    for (const { id } of submissions()) await meets("queue_full", id, sound(id));
    const stopped = stack.app.stop("SIGTERM");
    await eventually(async () => {
      return (await call("getReadiness", {})).code === "shutting_down";
    }, "the server to shut down");
    met.add("getReadiness shutting_down");
    for (const { id } of submissions()) await meets("shutting_down", id, sound(id));
    await stack.simulator.clearFaults();
    await stopped;
  }, 120_000);
});

it("was met, each problem that the document names", () => {
  const described = document.operations.flatMap((operation) =>
    codesOf(operation)
      .filter((code) => !ANYWHERE.includes(code))
      .map((code) => `${operation.id} ${code}`),
  );
  expect(described.filter((one) => !met.has(one))).toEqual([]);
});
