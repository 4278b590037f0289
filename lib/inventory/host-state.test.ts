import { expect, it } from "vitest";
import { hostRecord, vmRecord } from "@/tests/support/fake-records";
import { hostConfig } from "@/tests/support/provisioning";
import { HostState } from "./host-state";

it("counts the processors of the VMs that hold some", () => {
  const host = new HostState(hostConfig("hv01"));
  expect(host.view(0)).toMatchObject({ vm_count: 0, committed_vcpus: 0 });
  host.holds([
    vmRecord("running", { state: "running", cpu_cores: 4 }),
    vmRecord("paused", { state: "paused", cpu_cores: 2 }),
    vmRecord("off", { state: "off", cpu_cores: 64 }),
    vmRecord("saved", { state: "saved", cpu_cores: 32 }),
  ]);
  expect(host.view(0)).toMatchObject({ vm_count: 4, committed_vcpus: 6 });
});

it("tells what its last good read cost, and when the next one comes", () => {
  const host = new HostState(hostConfig("hv01"));
  expect(host.view(0)).toMatchObject({ refresh: null, next_read_at: null });
  const cost = { duration_ms: 400, round_trips: 8, received_bytes: 20_000 };
  host.succeeded({ record: hostRecord("hv01"), unread: [], at: 1_000, cost });
  host.nextReadAt = 61_000;
  host.failed(new Error("down"), 2_000);
  expect(host.view(3_000)).toMatchObject({
    refresh: cost,
    next_read_at: "1970-01-01T00:01:01.000Z",
    age_ms: 2_000,
  });
});
