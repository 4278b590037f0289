import { afterEach, expect, test, vi } from "vitest";
import { call } from "./call";

const asked = vi.fn(async () => Response.json({ job_id: "1-2" }));

afterEach(() => {
  asked.mockClear();
  vi.unstubAllGlobals();
});

test("an operation is asked for by its method and address, with its parameters in their places", async () => {
  vi.stubGlobal("fetch", asked);
  const path = { vm_id: "a b", disk_id: "c/d" };
  await call("DELETE /vms/{vm_id}/disks/{disk_id}", { path, query: { delete_file: true } });
  await call("GET /jobs", { query: { state: ["failed", "unknown"], host: "", top_level: "true" } });
  await call("POST /vms", { body: { vm_name: "web01" } }, { headers: { "Idempotency-Key": "k" } });
  expect(asked.mock.calls).toMatchObject([
    ["/api/v1/vms/a%20b/disks/c%2Fd?delete_file=true", { method: "DELETE" }],
    ["/api/v1/jobs?state=failed%2Cunknown&top_level=true", { method: "GET" }],
    ["/api/v1/vms", { method: "POST", body: '{"vm_name":"web01"}', headers: { "Idempotency-Key": "k" } }],
  ]);
});

test("what an operation does not take, or does not answer, does not compile", () => {
  void (async () => {
    // @ts-expect-error: there is no such operation
    await call("PUT /vms", {});
    // @ts-expect-error: which VM?
    await call("GET /vms/{vm_id}", {});
    // @ts-expect-error: there is no such parameter
    await call("GET /vms", { query: { host: "hv01", colour: "red" } });
    // @ts-expect-error: a body is needed
    await call("POST /vms", {});
    const checked = await call("POST /vms", { body: {}, query: { validate_only: true } });
    const valid: true = checked.valid;
    const { job_id } = await call("POST /vms", { body: {} });
    // @ts-expect-error: a list has no id
    const { vm_id } = await call("GET /vms", {});
    return [valid, job_id, vm_id];
  });
});
