import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ERROR_CATALOGUE } from "@/lib/domain/error-codes";
import type { VmView } from "@/lib/domain/inventory";
import type { JobLogPage } from "@/lib/domain/job";
import { ChangingClient, diskPath, type Init, nicPath, patch, remove } from "@/tests/support/changing-client";
import { eventually } from "@/tests/support/eventually";
import { Stack } from "@/tests/support/stack";

/** Changes over the API of what others change too, and on hosts that refuse. */

let stack: Stack;
let client: ChangingClient;
beforeAll(async () => {
  // Nothing is read but after jobs and on demand.
  stack = await Stack.start({
    config: { inventory: { period_seconds: 3_600 }, jobs: { settle_seconds: 0.2 } },
  });
  client = new ChangingClient(stack);
});
afterEach(async () => {
  await stack.simulator.clearFaults();
});
afterAll(() => stack.stop());

describe("two operators", () => {
  it("lose nothing of each other's: the second is told that the VM has changed", async () => {
    const { vm_id } = await client.newVm();
    const seen = (await stack.api(`/vms/${vm_id}`)).headers.get("etag") ?? "";
    expect(seen).toMatch(/^"/);
    await client.done(`/vms/${vm_id}`, patch({ cpu_cores: 2 }, { "if-match": seen }));
    const conflict = [412, "vm_changed", []];
    expect(await client.refused(`/vms/${vm_id}`, patch({ cpu_cores: 3 }, { "if-match": seen }))).toEqual(
      conflict,
    );
    expect(await client.refused(`/vms/${vm_id}`, remove({ "if-match": seen }))).toEqual(conflict);
    const power = { body: { action: "start" }, headers: { "if-match": seen } };
    expect(await client.refused(`/vms/${vm_id}/power`, power)).toEqual(conflict);
    const now = (await stack.api(`/vms/${vm_id}`)).headers.get("etag") ?? "";
    await client.done(`/vms/${vm_id}`, patch({ cpu_cores: 3 }, { "if-match": now }));
  });

  it("are told so by the host itself, before anything is sent", async () => {
    const { vm_id } = await client.newVm();
    const seen = (await stack.api(`/vms/${vm_id}`)).headers.get("etag") ?? "";
    await stack.simulator.rename(vm_id, "somebody-elses");
    const job = await client.change(`/vms/${vm_id}`, patch({ cpu_cores: 2 }, { "if-match": seen }));
    expect(job).toMatchObject({ state: "failed", error: { code: "vm_changed" } });
    expect(await stack.simulator.vm("somebody-elses")).toMatchObject({ processor_count: 1 });
  });

  it("change parts of a VM under the part's own ETag", async () => {
    const vm = await client.newVm();
    const disk = (await stack.api(diskPath(vm))).headers.get("etag") ?? "";
    const nic = (await stack.api(nicPath(vm))).headers.get("etag") ?? "";
    await client.done(nicPath(vm), patch({ adapter_name: "first" }, { "if-match": nic }));
    expect(await client.refused(nicPath(vm), remove({ "if-match": nic }))).toEqual([412, "vm_changed", []]);
    await client.done(diskPath(vm), patch({ size_gb: 12 }, { "if-match": disk }));
    expect(await client.refused(diskPath(vm), remove({ "if-match": disk }))).toEqual([412, "vm_changed", []]);
    expect(await client.refused(nicPath(vm), remove({ "if-match": "first" }))).toEqual([
      422,
      "invalid_request",
      [],
    ]);
    await client.done(nicPath(vm), remove({ "if-match": "*" }));
  });
});

describe("a single resource", () => {
  it("is read from its host when asked for fresh, and else answered with its age", async () => {
    const { vm_id } = await client.newVm();
    await stack.simulator.rename(vm_id, "outside");
    const known = await stack.api<VmView>(`/vms/${vm_id}`);
    expect(known.body.vm_name).not.toBe("outside");
    const fresh = await stack.api<VmView>(`/vms/${vm_id}?refresh=true`);
    expect(fresh.body).toMatchObject({ vm_name: "outside", host: "hv01" });
    expect(Date.parse(fresh.body.as_of)).toBeGreaterThan(Date.parse(known.body.as_of));
    expect((await stack.api<VmView>(`/vms/${vm_id}`)).body.vm_name).toBe("outside");
  });

  it("is found on the node that it has moved to", async () => {
    const { vm_id } = await client.newVm();
    await client.done(`/vms/${vm_id}/cluster`, { body: { action: "add" } });
    await stack.simulator.migrate(vm_id, "hv02");
    expect((await stack.api<VmView>(`/vms/${vm_id}?refresh=true`)).body.host).toBe("hv02");
  });

  it("is no longer refused a change for what it was a while ago", async () => {
    const { vm_id } = await client.newVm();
    await client.done(`/vms/${vm_id}/power`, { body: { action: "start" } });
    const processors = patch({ cpu_cores: 2 });
    expect(await client.refused(`/vms/${vm_id}`, processors)).toEqual([409, "vm_not_off", ["/cpu_cores"]]);
    await stack.simulator.setState(vm_id, "off");
    await client.done(`/vms/${vm_id}`, processors);
  });

  it("costs nothing while nothing has changed", async () => {
    const { vm_id } = await client.newVm();
    // The host is being read after the job.
    await eventually(async () => {
      const etag = (await stack.api(`/vms/${vm_id}/disks`)).headers.get("etag") ?? "";
      const again = await stack.api(`/vms/${vm_id}/disks`, { headers: { "if-none-match": etag } });
      return again.status === 304 && again.headers.get("etag") === etag;
    }, "an answer without a body");
  });

  it("says why it cannot be read from a host that is down", async () => {
    const { vm_id } = await client.vmNamed("backup01");
    await stack.simulator.power("hv03", false);
    const [status, code] = await client.refused(`/vms/${vm_id}?refresh=true`, {});
    await stack.simulator.power("hv03", true);
    expect([status, code]).toEqual([503, "host_unreachable"]);
    expect((await stack.api<VmView>(`/vms/${vm_id}`)).status).toBe(200);
  });
});

describe("files on shared storage", () => {
  it("stay while another node of the cluster has not answered, and the job says which", async () => {
    const vm = await client.newVm();
    await stack.simulator.power("hv02", false);
    const plan = (await stack.api(`/vms/${vm.vm_id}/deletion-plan`)).body;
    const job = await client.change(`/vms/${vm.vm_id}?delete_files=true`, remove());
    await stack.simulator.power("hv02", true);
    expect(plan).toMatchObject({
      files: [{ deletable: false, code: "file_users_unknown" }],
      next: expect.stringContaining("HV02 did not answer"),
    });
    expect(job).toMatchObject({ state: "failed", error: { code: "file_users_unknown" } });
    expect(job.error?.next).toContain("HV02 did not answer");
    expect(await stack.simulator.vm(vm.vm_name)).toBeDefined();
    await client.done(`/vms/${vm.vm_id}?delete_files=true`, remove());
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
      const vm = await client.newVm();
      const codes = [...(CODES[call] ?? []), "hyperv_error"];
      expect(codes.length).toBeGreaterThan(1);
      for (const code of codes) {
        await stack.simulator.fault({ kind: "agent_error", host: "hv01", agent, operation, code });
        const [path, init] = REQUESTS[call]?.(vm) ?? ["", {}];
        const job = await client.change(path, init);
        expect([job.state, job.error?.code], code).toEqual(["failed", code]);
        expect(job.error?.next).toBe(ERROR_CATALOGUE[code as keyof typeof ERROR_CATALOGUE].next);
      }
    },
  );
});

describe("a change in whose middle contact is lost", () => {
  /** Done by the agent in one go, so that it is done although nobody hears of it. */
  it.each([
    "vm/update",
    "vm/delete",
    "vm/power",
    "vm/cluster_add",
    "disk/delete",
    "nic/update",
    "nic/delete",
  ])("%s is found done by a later read, and is sent once", async (call) => {
    const [agent, operation] = call.split("/");
    const vm = await client.newVm();
    await eventually(
      async () => (await stack.simulator.wire("hv01")).open_shells === 0,
      "nobody to ask the host",
    );
    await stack.simulator.fault({ host: "hv01", kind: "reset", action: "Receive" });
    const [path, init] = REQUESTS[call]?.(vm) ?? ["", {}];
    const job = await client.done(path.replace(/\?.*/, ""), init);
    const { lines } = (await stack.api<JobLogPage>(`/jobs/${job.job_id}/log`)).body;
    expect(lines.some(({ text }) => text.includes("How it ended is unknown"))).toBe(true);
    const sent = (await stack.simulator.allCalls()).filter(
      (seen) => seen.agent === agent && seen.operation === operation && seen.spec.vm_id === vm.vm_id,
    );
    expect(sent).toHaveLength(1);
  });
});
