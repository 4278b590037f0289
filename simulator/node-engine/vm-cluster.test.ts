import { afterEach, beforeEach, expect, test } from "vitest";
import { readMarker } from "./notes-marker";
import { caller, events, failure, outputs } from "./testing/operations";
import { makeVm, simulate, type TestSimulation } from "./testing/simulated-host";

let simulation: TestSimulation;
let vm_id: string;
beforeEach(async () => {
  simulation = simulate();
  vm_id = await makeVm(simulation, "web02", { image: "Ubuntu 24.04" });
});
afterEach(() => simulation.close());

const call = caller(
  () => simulation,
  "vm",
  () => vm_id,
);
const vm = () => simulation.vm("web02");

test("adds a role, also when it is there, and takes it away again, also when it is gone", async () => {
  expect(outputs(await call("cluster_add"))).toEqual({ cluster: "cluster01" });
  expect(vm().clustered).toBe(true);
  const again = await call("cluster_add");
  expect(outputs(again)).toEqual({ cluster: "cluster01" });
  expect(events(again, "warning")).toEqual(["The VM web02 is a role of the cluster cluster01 already."]);

  expect(outputs(await call("cluster_remove"))).toEqual({});
  expect(vm().clustered).toBe(false);
  expect(events(await call("cluster_remove"), "warning")).toEqual(["The VM web02 has no role in a cluster."]);
});

test("as the last step of a deployment it closes the marker, which an earlier step left open", async () => {
  const context = (step: number) => ({ deployment_id: "d-1", step, steps: 5, request: { vm_name: "web02" } });
  const finish = { agent: "initialization", operation: "finish", spec: { vm_id, completed: true } };
  await simulation.call({ ...finish, context: context(4) });
  expect(readMarker(vm().notes)).toMatchObject({ step: 4, steps: 5 });
  outputs(await call("cluster_add", {}, context(5)));
  expect(readMarker(vm().notes)).toEqual({ deployment_id: "d-1", completed: expect.any(String) });
});

test("names the files that are not on shared storage", async () => {
  vm().path = "C:\\VMs\\web02";
  const answer = await call("cluster_add");
  expect(failure(answer)).toEqual(["cluster_storage_not_shared", "vm_id"]);
  expect(answer.result?.error?.message).toContain("C:\\VMs\\web02");
  expect(vm().clustered).toBe(false);
});

test("refuses a name that the cluster could not tell apart", async () => {
  vm().name = "gitlab";
  const answer = await simulation.call({ agent: "vm", operation: "cluster_add", spec: { vm_id } });
  expect(failure(answer)).toEqual(["vm_name_taken", "vm_id"]);
});

test("refuses on a host outside a cluster, where taking away has nothing to do", async () => {
  const id = await makeVm(simulation, "alone", { host: "hv03" });
  const spec = { vm_id: id };
  const add = await simulation.call({ agent: "vm", operation: "cluster_add", spec }, { host: "hv03" });
  expect(failure(add)).toEqual(["cluster_unavailable", "vm_id"]);
  outputs(await simulation.call({ agent: "vm", operation: "cluster_remove", spec }, { host: "hv03" }));
});

test.each(["cluster_add", "cluster_remove"])("%s of an unknown VM", async (operation) => {
  const answer = await call(operation, { vm_id: "00000000-0000-4000-8000-000000000000" });
  expect(failure(answer)).toEqual(["vm_not_found", "vm_id"]);
});
