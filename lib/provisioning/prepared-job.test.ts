import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { CallContext } from "@/lib/domain/hypervisor";
import { deferred } from "@/tests/support/deferred";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { vmRecord } from "@/tests/support/fake-records";
import { hostConfig, provisioning } from "@/tests/support/provisioning";
import type { Change, Operation } from "./operation";
import { Preflight } from "./preflight";
import { prepare } from "./prepared-job";

const LOST = new AethervError("contact_lost", "Contact was lost while nic/create on hv01 ran.");
const BROKEN = new AethervError("hyperv_error", "Hyper-V failed in the middle.");

/** A host whose queue is held by somebody else: a call to add an adapter leaves it on `turn`. */
class BusyHypervisor extends FakeHypervisor {
  readonly turn = deferred<void>();

  override async createNic(host: string, vmId: string, spec: FieldValues, call: CallContext) {
    await this.turn.promise;
    return super.createNic(host, vmId, spec, call);
  }
}

async function prepared() {
  const hypervisor = new BusyHypervisor();
  const vm = vmRecord("web-01");
  hypervisor.inventory("hv01").vms.push(vm);
  const services = provisioning(hypervisor, [hostConfig("hv01")]);
  await services.inventory.refresh();
  const add = () => services.nics.create(vm.vm_id, { network: "production" }).start("operator").job_id;
  const preflight = new Preflight(services.inventory, services.jobs);
  return { ...services, preflight, hypervisor, vm, add };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a job of one operation", () => {
  it("finds what it made in a read after contact was lost", async () => {
    const { jobs, hypervisor, vm, add } = await prepared();
    hypervisor.failNext("createNic", LOST, { applied: true });
    hypervisor.turn.resolve();
    const id = add();
    await vi.advanceTimersByTimeAsync(240_000);
    expect(jobs.get(id)).toMatchObject({
      state: "succeeded",
      outputs: { vm_id: vm.vm_id, adapter_name: "production" },
    });
    expect(hypervisor.count("createNic")).toBe(1);
  });

  it("does not take for its own what was made while it waited for its turn", async () => {
    const { jobs, inventory, hypervisor, vm, add } = await prepared();
    hypervisor.failNext("createNic", LOST);
    const id = add();
    await vi.advanceTimersByTimeAsync(0);
    const other = { adapter_name: "other", network: "production", virtual_switch: "vSwitch", vlan_id: 10 };
    vm.nics.push({ ...other, nic_id: "Microsoft:other", mac_address: null, ip_addresses: [] });
    await inventory.refresh();
    hypervisor.turn.resolve();
    await vi.advanceTimersByTimeAsync(240_000);
    expect(jobs.get(id)).toMatchObject({ state: "failed", error: { code: "contact_lost", exists: [] } });
    expect(jobs.get(id).error?.message).toContain("a new adapter of VM web-01 does not exist");
  });

  it("does not take a VM that cannot be read any more for one that was deleted", async () => {
    const { jobs, inventory, vms, hypervisor, vm } = await prepared();
    vm.state = "off";
    await vms.read(vm.vm_id, new AbortController().signal);
    hypervisor.failNext("deleteVm", LOST);
    const { job_id } = vms.delete(vm.vm_id, { delete_files: false, turn_off: false }).start("operator");
    const host = hypervisor.inventory("hv01");
    host.vms.splice(0);
    host.unread_vms.push({ vm_id: vm.vm_id, vm_name: vm.vm_name, reason: "uptime_ms: is wrong" });
    await vi.advanceTimersByTimeAsync(240_000);
    await inventory.refresh();
    expect(jobs.get(job_id).state).toBe("unknown");
    host.unread_vms.splice(0);
    await inventory.refresh();
    expect(jobs.get(job_id).state).toBe("succeeded");
  });

  it("looks for no VM that is gone, and sees in its absence that it went", async () => {
    const { jobs, inventory, preflight, hypervisor, vm } = await prepared();
    const gone: Change = { vm: null, outputs: { vm_id: vm.vm_id }, created: [] };
    const remove = (answer: Promise<void>): Operation<void> => ({
      kind: "vm.create",
      target: { host: "hv01", vm_id: vm.vm_id, vm_name: vm.vm_name },
      request: {},
      refusals: () => [],
      intent: "Deleting VM web-01.",
      send: (call) => {
        call.started();
        hypervisor.inventory("hv01").vms.length = 0;
        return answer;
      },
      done: () => ({ ...gone, words: "VM web-01 is deleted." }),
      evidence: () => ({
        find: ({ vms }) => (vms.some(({ vm_id }) => vm_id === vm.vm_id) ? null : gone),
        absence: "VM web-01 still exists",
      }),
    });
    const start = (answer: Promise<void>) =>
      prepare({ jobs, inventory, preflight, hypervisor }, remove(answer)).start("operator").job_id;
    const answered = start(Promise.resolve());
    const lost = start(Promise.reject(LOST));
    await vi.advanceTimersByTimeAsync(240_000);
    for (const id of [answered, lost]) {
      expect(jobs.get(id)).toMatchObject({ state: "succeeded", outputs: { vm_id: vm.vm_id } });
    }
    expect(hypervisor.count("readVm")).toBe(0);
  });

  it("says what a failure in the middle left behind", async () => {
    const { jobs, hypervisor, add } = await prepared();
    hypervisor.failNext("createNic", BROKEN, { applied: true });
    hypervisor.turn.resolve();
    const id = add();
    await vi.advanceTimersByTimeAsync(240_000);
    expect(jobs.get(id)).toMatchObject({
      state: "failed",
      error: { code: "hyperv_error", exists: [{ kind: "nic", name: "production", host: "hv01" }] },
    });
  });

  it("says that a change was done all the same", async () => {
    const { jobs, vms, hypervisor, vm } = await prepared();
    hypervisor.failNext("powerVm", BROKEN, { applied: true });
    const { job_id } = vms.power(vm.vm_id, "start").start("operator");
    await vi.advanceTimersByTimeAsync(240_000);
    expect(jobs.get(job_id)).toMatchObject({ state: "failed", error: { code: "hyperv_error", exists: [] } });
    const texts = jobs.log(job_id, 0).lines.map(({ text }) => text);
    expect(texts).toContain("A read of hv01 shows that it was done all the same.");
  });
});
