import { expect, it } from "vitest";
import { FakeHypervisor, vmRecord } from "@/tests/support/fake-hypervisor";
import { hostConfig } from "@/tests/support/provisioning";
import { HostState } from "./host-state";

it("counts the processors of the VMs that hold some", () => {
  const inventory = new FakeHypervisor().inventory("hv01");
  inventory.vms.push(
    vmRecord("running", { state: "running", cpu_cores: 4 }),
    vmRecord("paused", { state: "paused", cpu_cores: 2 }),
    vmRecord("off", { state: "off", cpu_cores: 64 }),
    vmRecord("saved", { state: "saved", cpu_cores: 32 }),
  );
  const host = new HostState(hostConfig("hv01"));
  expect(host.view(0).committed_vcpus).toBe(0);
  host.succeeded(inventory, 0);
  expect(host.view(0).committed_vcpus).toBe(6);
});
