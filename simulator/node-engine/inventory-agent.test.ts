import { afterEach, beforeEach, expect, test } from "vitest";
import { GIBIBYTE } from "../host/bytes";
import { simulate, type TestSimulation } from "./testing/simulated-host";

let simulation: TestSimulation;
beforeEach(() => {
  simulation = simulate();
});
afterEach(() => simulation.close());

test("inventory/read gives the host, its resources and all VMs", async () => {
  const answer = await simulation.call({ agent: "inventory", operation: "read", spec: {} });
  expect(answer.result?.outputs).toMatchObject({
    host: {
      computer_name: "HV01",
      cluster: "cluster01",
      storage_classes: [
        { name: "gold", shared: true },
        { name: "silver", shared: true },
      ],
      images: [
        { name: "Windows Server 2025", os_family: "windows", size_gb: 40, provisioning_version: "1.0.0" },
        {},
        {},
      ],
      networks: [
        { name: "Production", ip_settings: { dhcp_available: false } },
        {},
        { name: "DMZ", ip_settings: null },
      ],
      resources_error: null,
    },
  });
  expect(answer.result?.outputs.vms).toMatchObject([
    { vm_name: "dc01", state: "running", nics: [{ network: "Production", ip_addresses: ["10.20.10.11"] }] },
    { vm_name: "sql01", disks: [{ size_bytes: 100 * GIBIBYTE }, { size_bytes: 500 * GIBIBYTE }] },
    { vm_name: "build-old", state: "off", memory_assigned_bytes: 0, uptime_ms: 0 },
  ]);
});

test("inventory/read goes on without host resources, and says so", async () => {
  simulation.fleet.faults.add({ host: "hv01", kind: "host_resources", text: null });
  const answer = await simulation.call({ agent: "inventory", operation: "read", spec: {} });
  expect(answer.result?.outputs.host).toMatchObject({
    storage_classes: [],
    networks: [],
    images: [],
    virtual_machines_path: null,
    resources_error: expect.stringContaining("hostresources.json"),
  });
  expect(answer.result?.outputs.vms).toHaveLength(3);
});
