import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { VmView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { ApiDocument, type DescribedOperation } from "@/tests/support/api-document";
import type { RawAnswer } from "@/tests/support/app-server";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

const ROUTES = fileURLToPath(new URL("../../app/api/v1", import.meta.url));
const JSON_TYPE = { "content-type": "application/json" };

let stack: Stack;
let document: ApiDocument;
/** `<operation> <status>` of every answer that was held against the document. */
const seen = new Set<string>();

beforeAll(async () => {
  stack = await Stack.start();
  document = new ApiDocument((await stack.api("/openapi.json")).body);
}, 120_000);
afterAll(() => stack?.stop());

interface Call {
  path?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Calls an operation, and holds its answer against what the document says of it. */
async function call(id: string, { path = {}, query = "", headers = {}, body }: Call = {}) {
  const operation = document.operation(id);
  const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? "none"),
  );
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const answer = await stack.app.raw(`/api/v1${address}${query}`, {
    method: operation.method,
    headers: { ...(text === undefined ? {} : JSON_TYPE), ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
  return { answer, ...held(operation, answer) };
}

function held(operation: DescribedOperation, answer: RawAnswer) {
  expect(document.flaws(operation, answer)).toEqual([]);
  seen.add(`${operation.id} ${answer.status}`);
  const isJson = /json/.test(String(answer.headers["content-type"] ?? ""));
  return { status: answer.status, json: (isJson ? JSON.parse(answer.text) : {}) as JsonObject };
}

/** Checks a change, makes it, and gives the outputs of its job. */
async function change(id: string, made: Call): Promise<JsonObject> {
  const query = made.query ?? "";
  const checked = await call(id, { ...made, query: `${query}${query ? "&" : "?"}validate_only=true` });
  expect(checked.json).toEqual({ valid: true });
  const { status, json } = await call(id, { ...made, headers: { "idempotency-key": crypto.randomUUID() } });
  expect(status).toBe(202);
  const job = await stack.endOf(String(json.job_id));
  expect(job.error).toBeNull();
  return { ...job.outputs, job_id: job.job_id };
}

/** A read, and the same again while nothing has changed. */
async function read(id: string, made: Call = {}): Promise<JsonObject> {
  const { answer, json } = await call(id, made);
  expect(answer.status).toBe(200);
  const etag = answer.headers.etag;
  if (etag !== undefined) {
    const again = await call(id, { ...made, headers: { "if-none-match": String(etag) } });
    // The host may just have been read again.
    expect([200, 304]).toContain(again.status);
    const any = await call(id, { ...made, headers: { "if-none-match": "*" } });
    expect(any.status).toBe(304);
  }
  return json;
}

/** The addresses of the route files, as the document writes them. */
function routePaths(): string[] {
  return readdirSync(ROUTES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === "route.ts")
    .map((entry) => `/${relative(ROUTES, join(entry.parentPath))}`)
    .map((path) => path.replaceAll(/\[(\w+)\]/g, "{$1}"))
    .sort();
}

it("describes every method of every route, and no other", async () => {
  const routes = await Promise.all(
    routePaths().map(async (path) => {
      const { headers } = await stack.app.raw(`/api/v1${path.replaceAll(/\{\w+\}/g, "x")}`, {
        method: "OPTIONS",
      });
      const methods = String(headers.allow).split(", ");
      return methods
        .filter((method) => method !== "HEAD" && method !== "OPTIONS")
        .map((one) => `${one} ${path}`);
    }),
  );
  const described = document.operations.map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual(routes.flat().sort());
});

describe("what any request can be refused for is described", () => {
  it("a parameter that there is none of", async () => {
    const everywhere = new Set(document.operations.flatMap(queryOf));
    for (const operation of document.operations) {
      const { id } = operation;
      const own = queryOf(operation);
      const others = [...everywhere, "colour"].filter((name) => !own.includes(name));
      const query = `?${others.map((name) => `${name}=x`).join("&")}`;
      const { json } = await call(id, { query, body: bodyOf(id) });
      expect([id, json.code]).toEqual([id, "invalid_request"]);
      expect(others.filter((name) => !String(json.detail).includes(`"${name}"`))).toEqual([]);
    }
  });

  it("another site", async () => {
    for (const { id } of document.operations) {
      const { json } = await call(id, { headers: { host: "evil.example" }, body: bodyOf(id) });
      expect([id, json.code]).toEqual([id, "foreign_origin"]);
    }
  });

  it("a body that is none", async () => {
    for (const { id } of document.operations.filter(({ hasBody }) => hasBody)) {
      const bodies: [string, string, string][] = [
        ["{", "application/json", "malformed_json"],
        ["{}", "text/plain", "unsupported_media_type"],
        [`{"a":"${"x".repeat(300_000)}"}`, "application/json", "body_too_large"],
        ['{"no_such_field":1}', "application/json", "invalid_request"],
      ];
      for (const [body, type, code] of bodies) {
        const { json } = await call(id, { body, headers: { "content-type": type } });
        expect([id, json.code]).toEqual([id, code]);
      }
    }
  });

  it("something that is not there", async () => {
    for (const { id, path } of document.operations.filter((operation) => operation.path.includes("{"))) {
      const { status } = await call(id, { body: bodyOf(id) });
      expect([path, status]).toEqual([path, 404]);
    }
    const gone = { path: { job_id: "00000000-0000000000000000" } };
    for (const id of ["getJob", "getJobLog", "cancelJob"]) expect((await call(id, gone)).status).toBe(410);
  });

  it("a key that came with another request", async () => {
    const headers = { "idempotency-key": "the-same" };
    const body = { host: "hv01" };
    const deployment = { ...deploymentOf("key01"), vm_name: "key01" };
    const first = await call("createManagedDeployment", { headers, body: deployment });
    expect(first.status).toBe(202);
    const other = await call("createManagedDeployment", { headers, body: { ...deployment, cpu_cores: 3 } });
    expect(other.json.code).toBe("idempotency_conflict");
    const taken = await call("createManagedDeployment", { body: deployment });
    expect(taken.json.code).toBe("vm_name_taken");
    expect((await call("cancelJob", { path: { job_id: String(first.json.job_id) } })).status).toBe(200);
    await stack.endOf(String(first.json.job_id));
    const ended = await call("cancelJob", { path: { job_id: String(first.json.job_id) } });
    expect(ended.json.code).toBe("job_not_cancelable");
    expect((await call("refreshInventory", { body })).status).toBe(202);
  });
});

it("takes every parameter that it describes", async () => {
  for (const { id, parameters } of document.operations) {
    const query = parameters.filter((parameter) => parameter.in === "query");
    const text = query.map(({ name, schema }) => `${name}=${encodeURIComponent(sampleOf(schema))}`).join("&");
    const { status, json } = await call(id, { query: `?${text}`, body: bodyOf(id) });
    expect([id, status, json.detail]).not.toEqual([id, 422, expect.stringContaining("The query")]);
  }
});

describe("every operation", () => {
  it("reads", async () => {
    for (const id of ["listVms", "listJobs", "getInventory", "listHosts", "listClusters", "listSchemas"]) {
      await read(id);
    }
    await read("checkVmName", { query: "?name=new01" });
    await read("getHost", { path: { name: "hv01" } });
    await read("getCluster", { path: { name: "cluster01" } });
    for (const id of ["getForm", "getLiveness", "getReadiness", "getOpenApi"]) await read(id);
    expect((await call("getReference")).answer.headers.location).toBe("/docs");
    for (const { name } of (await read("listSchemas")).schemas as { name: string }[]) {
      await read("getSchema", { path: { name } });
    }
    for (const form of [
      await read("getForm"),
      await read("getBodyForm", { path: { name: "disk-update" } }),
    ]) {
      const script = String(form.validator).split("/").at(-1) ?? "";
      expect((await call("getSchema", { path: { name: script } })).status).toBe(200);
    }
  });

  it("deploys, and shows how it went", async () => {
    const { job_id, vm_id } = await change("createManagedDeployment", { body: deploymentOf("dep01") });
    const path = { job_id: String(job_id) };
    await read("getJob", { path });
    await read("getJobLog", { path, query: "?after=1" });
    await read("listJobs", { query: `?vm_id=${vm_id}` });

    const vm = { path: { vm_id: String(vm_id) } };
    await read("getVm", { ...vm, query: "?refresh=true" });
    expect((await call("deleteVm", vm)).json.code).toBe("vm_not_off");
    const again = { ...vm, body: { os_family: "windows" } };
    expect((await call("initializeVm", { ...again, query: "?validate_only=true" })).status).toBe(200);
    const { json } = await call("initializeVm", again);
    expect((await stack.endOf(String(json.job_id))).error?.code).toBe("vm_not_off");
    await change("powerVm", { ...vm, body: { action: "turn_off" } });
    await change("deleteVm", { ...vm, query: "?delete_files=true" });
  });

  it("lists and continues what a deployment left unfinished", async () => {
    const fault = { host: "hv01", kind: "agent_error", agent: "nic", operation: "create" };
    await stack.simulator.fault({ ...fault, code: "hyperv_error", times: 1 });
    const { json } = await call("createManagedDeployment", { body: deploymentOf("left01") });
    const deployment_id = String(json.job_id);
    expect((await stack.endOf(deployment_id)).state).toBe("failed");
    await eventually(async () => {
      const { deployments } = await read("listUnfinishedDeployments");
      return (deployments as { deployment_id: string }[]).some((one) => one.deployment_id === deployment_id);
    }, "the deployment to be listed");
    const path = { deployment_id };
    const other = await call("continueUnfinishedDeployment", {
      path,
      body: { ...deploymentOf("left01"), gb_ram: 2 },
    });
    expect(other).toMatchObject({ status: 422, json: { errors: [{ pointer: "/gb_ram" }] } });
    await change("continueUnfinishedDeployment", { path, body: deploymentOf("left01") });
    const again = await call("removeUnfinishedDeployment", { path });
    expect(again).toMatchObject({ status: 404, json: { code: "deployment_not_found" } });
  });

  it("removes what a deployment left unfinished", async () => {
    const fault = { host: "hv01", kind: "agent_error", agent: "nic", operation: "create" };
    await stack.simulator.fault({ ...fault, code: "hyperv_error", times: 1 });
    const { json } = await call("createManagedDeployment", { body: deploymentOf("left02") });
    await stack.endOf(String(json.job_id));
    await change("removeUnfinishedDeployment", { path: { deployment_id: String(json.job_id) } });
  });

  it("creates, changes and deletes", async () => {
    const vm = { vm_name: "part01", os_family: "linux", target_host: "hv01", cpu_cores: 1, gb_ram: 1 };
    const { vm_id } = await change("createVm", { body: vm });
    const path = { vm_id: String(vm_id) };
    const { disk_id } = await change("createDisk", {
      path,
      body: { size_gb: 25, image_name: "Ubuntu 24.04" },
    });
    const { nic_id } = await change("createNic", { path, body: { network: await aNetwork() } });
    const disk = { path: { ...path, disk_id: String(disk_id) } };
    const nic = { path: { ...path, nic_id: String(nic_id) } };
    for (const query of ["", "?refresh=true"]) {
      for (const id of ["getVm", "listDisks", "listNics"]) await read(id, { path, query });
      await read("getDisk", { ...disk, query });
      await read("getNic", { ...nic, query });
    }
    await read("planVmDeletion", { path });

    const stale = await call("updateVm", { path, body: { cpu_cores: 2 }, headers: { "if-match": '"old"' } });
    expect(stale.json.code).toBe("vm_changed");
    await change("updateVm", { path, body: { cpu_cores: 2 } });
    await change("updateDisk", { ...disk, body: { size_gb: 30 } });
    const shrunk = await call("updateDisk", { ...disk, body: { size_gb: 1 } });
    expect(shrunk.json.code).toBe("disk_would_shrink");
    await change("updateNic", { ...nic, body: { adapter_name: "front" } });
    await change("clusterVm", { path, body: { action: "add" } });
    await change("clusterVm", { path, body: { action: "remove" } });
    const power = await call("powerVm", { path, body: { action: "pause" } });
    expect(power.json.code).toBe("power_action_not_allowed");
    await change("deleteNic", nic);
    await change("deleteDisk", { ...disk, query: "?delete_file=true" });
    await change("deleteVm", { path, query: "?delete_files=true" });
    expect((await call("getVm", { path })).json.code).toBe("vm_not_found");
  });

  it("tests the connection to a host", async () => {
    const made = { path: { name: "hv01" } };
    const outputs = await change("checkHost", { ...made, body: {} });
    const { json } = await call("checkHost", made);
    expect((await stack.endOf(String(json.job_id))).state).toBe("succeeded");
    expect(outputs.steps).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: "tls", state: "passed" })]),
    );
    const missing = await call("checkHost", { path: { name: "hv09" } });
    expect(missing).toMatchObject({ status: 404, json: { code: "host_not_found" } });
  });

  it("was called with every success that the document gives it", () => {
    const described = document.operations.flatMap(({ id, responses }) =>
      Object.keys(responses)
        .filter((status) => Number(status) < 400)
        .map((status) => `${id} ${status}`),
    );
    expect(described.filter((one) => !seen.has(one))).toEqual([]);
  });

  it("says of a host that does not answer what is wrong with it", async () => {
    const vms = (await read("listVms", { query: "?host=hv03" })).vms as unknown as VmView[];
    await stack.simulator.power("hv03", false);
    const { json } = await call("getVm", { path: { vm_id: vms[0]?.vm_id ?? "" }, query: "?refresh=true" });
    expect(json.code).toBe("host_unreachable");
  });
});

/** The names of its query's parameters. */
function queryOf({ parameters }: DescribedOperation): string[] {
  return parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
}

/** A body that at least has the right form. */
function bodyOf(id: string): unknown {
  const { hasBody, example } = document.operation(id);
  return hasBody ? filledIn(example as JsonObject) : undefined;
}

/** The API refuses what stands in the place of a secret. */
function filledIn(example: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(example).replaceAll(/"<\w+>"/g, '"A-Password-1"'));
}

function deploymentOf(vm_name: string): JsonObject {
  const { example } = document.operation("createManagedDeployment");
  return { ...filledIn(example as JsonObject), vm_name };
}

async function aNetwork(): Promise<string> {
  const { record } = (await read("getHost", { path: { name: "hv01" } })) as {
    record: { networks: { name: string }[] };
  };
  return record.networks[0]?.name ?? "";
}

function sampleOf(schema: JsonObject): string {
  if (schema.type === "boolean") return "true";
  if (schema.type === "integer") return "1";
  if (schema.format === "date-time") return "2026-01-31T12:00:00Z";
  const { enum: choices } = schema.type === "array" ? (schema.items as JsonObject) : schema;
  return Array.isArray(choices) ? String(choices[0]) : "x";
}
