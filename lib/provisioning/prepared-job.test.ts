import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { CallContext } from "@/lib/domain/hypervisor";
import { deferred } from "@/tests/support/deferred";
import { FakeHypervisor, vmRecord } from "@/tests/support/fake-hypervisor";
import { hostConfig, provisioning } from "@/tests/support/provisioning";

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
  return { ...services, hypervisor, vm, add };
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
});
