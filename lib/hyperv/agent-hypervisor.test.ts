import { describe, expect, it, vi } from "vitest";
import type { AgentCall } from "@/lib/agents/agent-call";
import type { AgentInvoker, AgentIo } from "@/lib/agents/invoker";
import { AethervError } from "@/lib/domain/errors";
import type { CallContext } from "@/lib/domain/hypervisor";
import type { JsonObject } from "@/lib/domain/json";
import { Secret } from "@/lib/domain/secret";
import { agentHypervisor } from "@/tests/support/agent-hypervisor";
import { hostRecord, vmRecord } from "@/tests/support/fake-records";
import { hostConfig } from "@/tests/support/provisioning";

const VM_ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

function hypervisor(answer: (call: AgentCall, io: AgentIo) => Promise<JsonObject>) {
  const calls: AgentCall[] = [];
  const invoker: AgentInvoker = {
    invoke: (_host, call, io) => {
      calls.push(call);
      return answer(call, io);
    },
  };
  const port = agentHypervisor([hostConfig("hv01")], invoker, { vm_create: 60 });
  return { port, calls };
}

function context(signal = new AbortController().signal): CallContext {
  return { job_id: "j", deployment: null, log: () => {}, started: () => {}, signal };
}

/** An invoker's call that goes on until it is stopped, and whether the agent could have started by then. */
function untilStopped({ signal }: AgentIo, started = true): Promise<JsonObject> {
  const code = started ? "contact_lost" : "canceled";
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new AethervError(code, "stopped")));
  });
}

describe("AgentHypervisor", () => {
  it("sends each operation to its agent with the VM's id in the spec", async () => {
    const { port, calls } = hypervisor(async () => ({
      disk_id: VM_ID,
      path: "C:\\a.vhdx",
      size_gb: 20,
      more: 1,
    }));
    const disk = await port.createDisk("hv01", VM_ID, { size_gb: 20 }, context());
    expect(disk).toEqual({ disk_id: VM_ID, path: "C:\\a.vhdx", size_gb: 20 });
    expect(calls).toEqual([
      {
        agent: "disk",
        operation: "create",
        schema: { name: "test", version: "1.0.0" },
        job_id: "j",
        context: null,
        spec: { size_gb: 20, vm_id: VM_ID },
      },
    ]);
  });

  it("gives the guest's configuration to publish, and to no other call", async () => {
    const { port, calls } = hypervisor(
      async (call): Promise<JsonObject> =>
        call.operation === "begin" ? { vm_name: "web-01", stale_key_fingerprint: null } : { removed: 3 },
    );
    const request = { vm_id: VM_ID, os_family: "linux", meta_version: "1.0", force: false };
    const config = new Map([["guest_la_pw", new Secret("Canary-1")]]);
    await port.beginInitialization("hv01", request, context());
    await port.publishGuestConfig("hv01", request, "a".repeat(64), config, context());
    await port.announceGuestConfig("hv01", VM_ID, context());
    await port.finishInitialization("hv01", VM_ID, "completed", context());
    expect(calls.map(({ operation, guest_config }) => [operation, guest_config])).toEqual([
      ["begin", undefined],
      ["publish", config],
      ["announce", undefined],
      ["finish", undefined],
    ]);
  });

  it("names what an operation works on in its spec, beside what is to change", async () => {
    const { port, calls } = hypervisor(async ({ agent, operation }): Promise<JsonObject> => {
      if (agent === "nic") return { nic_id: VM_ID, adapter_name: "front", mac_address: null };
      if (operation === "delete") return { path: "C:\\a.vhdx", deleted: true };
      return { node: "HV02", files: [] };
    });
    const answer = await port.readFileUse("hv01", context());
    await port.deleteDisk("hv01", VM_ID, "d", { delete_file: true, other_nodes: [answer] }, context());
    await port.updateNic("hv01", VM_ID, "n", { network: "blue" }, context());
    expect(calls.map(({ agent, operation, spec }) => [`${agent}/${operation}`, spec])).toEqual([
      ["inventory/files", {}],
      [
        "disk/delete",
        { vm_id: VM_ID, disk_id: "d", delete_file: true, other_nodes: [{ node: "HV02", files: [] }] },
      ],
      ["nic/update", { vm_id: VM_ID, nic_id: "n", network: "blue" }],
    ]);
  });

  it("lets no guest that shuts down stand in the way of others", async () => {
    let leave = () => {};
    const guest = new Promise<JsonObject>((resolve) => {
      leave = () => resolve({ vm_state: "off" });
    });
    const { port } = hypervisor(async ({ spec }) =>
      spec.action === "shutdown" ? guest : { vm_state: "paused" },
    );
    const shutdown = port.powerVm("hv01", VM_ID, "shutdown", context());
    expect(await port.powerVm("hv01", VM_ID, "pause", context())).toBe("paused");
    leave();
    expect(await shutdown).toBe("off");
  });

  it("takes no result that is not as agreed", async () => {
    const { port } = hypervisor(async () => ({ vm_id: "42", vm_name: "web-01" }));
    await expect(port.createVm("hv01", {}, context())).rejects.toMatchObject({
      code: "agent_failed",
      detail: "vm_id: is not a GUID in lower case",
    });
  });

  it("cuts and cleans what a guest says of itself, so that no guest keeps its host from being read", async () => {
    const said = "x".repeat(100_000);
    const guest = { guest_os: said, guest_host_name: "web\u202egnp.exe\u0000" };
    const nic = {
      ...{ nic_id: "nic-1", adapter_name: "Network Adapter", network: null, virtual_switch: null },
      ...{ vlan_id: null, mac_address: null, ip_addresses: [said] },
    };
    const answer = { host: hostRecord("hv01"), vms: [vmRecord("web-01", { ...guest, nics: [nic] })] };
    const { port } = hypervisor(async () => JSON.parse(JSON.stringify(answer)));
    const { inventory } = await port.readInventory("hv01", [], new AbortController().signal);
    const [vm] = inventory.vms;
    const cut = `${"x".repeat(1_023)}…`;
    expect(vm).toMatchObject({ guest_os: cut, guest_host_name: "web\ufffdgnp.exe\ufffd" });
    expect(vm?.nics[0]?.ip_addresses).toEqual([cut]);
  });

  it("reads a host whose answer has VMs that cannot be read, and says which and what is wrong", async () => {
    const bad = { ...vmRecord("we\u202eb\n01", { vm_id: VM_ID }), disks: [{ path: 7 }], state: "running" };
    const vms = [vmRecord("a"), bad, { ...vmRecord("x".repeat(1_000)), vm_id: "42" }, null, vmRecord("b")];
    const { port } = hypervisor(async () => JSON.parse(JSON.stringify({ host: hostRecord("hv01"), vms })));
    const { inventory } = await port.readInventory("hv01", [], new AbortController().signal);
    expect(inventory.vms.map(({ vm_name }) => vm_name)).toEqual(["a", "b"]);
    expect(inventory.unread_vms).toEqual([
      { vm_id: VM_ID, vm_name: "we\ufffdb 01", reason: expect.stringMatching(/^disks\.0\.disk_id: /) },
      { vm_id: null, vm_name: `${"x".repeat(100)}…`, reason: "vm_id: is not a GUID in lower case" },
      { vm_id: null, vm_name: null, reason: expect.stringMatching(/^the record: /) },
    ]);
  });

  it("takes no name that is longer than any name", async () => {
    const { port } = hypervisor(async () => ({ vm_id: VM_ID, vm_name: "x".repeat(40_000) }));
    await expect(port.createVm("hv01", {}, context())).rejects.toMatchObject({
      code: "agent_failed",
      detail: "vm_name: is longer than any name or path",
    });
  });

  it("refuses a host that is not configured", async () => {
    const { port, calls } = hypervisor(async () => ({}));
    await expect(port.createVm("hv99", {}, context())).rejects.toMatchObject({ code: "host_not_found" });
    expect(calls).toEqual([]);
  });

  it("ends a call at its deadline, which begins when the call leaves the queue", async () => {
    vi.useFakeTimers();
    try {
      const { port, calls } = hypervisor((_call, io) => untilStopped(io));
      const first = expect(port.createVm("hv01", {}, context())).rejects.toMatchObject({
        code: "deadline_exceeded",
      });
      const second = expect(port.createVm("hv01", {}, context())).rejects.toMatchObject({
        code: "deadline_exceeded",
      });
      await vi.advanceTimersByTimeAsync(60_000);
      await first;
      expect(calls).toHaveLength(2);
      await vi.advanceTimersByTimeAsync(60_000);
      await second;
    } finally {
      vi.useRealTimers();
    }
  });

  it("says that the outcome of a mutation is unknown when it was canceled while it ran", async () => {
    const { port } = hypervisor((_call, io) => untilStopped(io));
    const abort = new AbortController();
    const mutation = port.createVm("hv01", {}, context(abort.signal));
    const read = port.guestStatus("hv01", VM_ID, context(abort.signal));
    setImmediate(() => abort.abort());
    await expect(mutation).rejects.toMatchObject({ code: "contact_lost" });
    await expect(read).rejects.toMatchObject({ code: "canceled" });
  });

  it("says canceled when the agent certainly did not start", async () => {
    const { port } = hypervisor((_call, io) => untilStopped(io, false));
    const abort = new AbortController();
    const mutation = port.createVm("hv01", {}, context(abort.signal));
    setImmediate(() => abort.abort());
    await expect(mutation).rejects.toMatchObject({ code: "canceled" });
  });
});
