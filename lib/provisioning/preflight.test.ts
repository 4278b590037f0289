import { describe, expect, it } from "vitest";
import { AethervError } from "@/lib/domain/errors";
import type { HostRecord } from "@/lib/domain/inventory";
import { GB } from "@/lib/domain/units";
import { FakeHypervisor } from "@/tests/support/fake-hypervisor";
import { hostRecord, vmRecord } from "@/tests/support/fake-records";
import { hostConfig, linuxRequest, provisioning } from "@/tests/support/provisioning";
import { thrownBy } from "@/tests/support/thrown-by";

async function checked(changes: Parameters<typeof linuxRequest>[0], record: Partial<HostRecord> = {}) {
  const hypervisor = new FakeHypervisor();
  hypervisor.inventory("hv01").host = hostRecord("hv01", record);
  const services = provisioning(hypervisor, [hostConfig("hv01")]);
  await services.inventory.refresh();
  services.deployments.create(linuxRequest(changes)).check();
}

const DOWN = new AethervError("host_unreachable", "It does not answer.");

describe("refused before anything is created", () => {
  it.each([
    ["a host that is not configured", { target_host: "hv99" }, {}, "host_not_found", "/target_host"],
    [
      "another system's image",
      { image_name: "windows-2022", size_gb: 60 },
      {},
      "image_os_mismatch",
      "/image_name",
    ],
    ["an image that is not there", { image_name: "ubuntu-99" }, {}, "image_not_found", "/image_name"],
    ["a disk below its image", { size_gb: 4 }, {}, "disk_smaller_than_image", "/size_gb"],
    ["a network that is not there", { network: "dmz" }, {}, "network_not_found", "/network"],
    [
      "a storage class that is not there",
      { storage_class: "tin" },
      {},
      "storage_class_not_found",
      "/storage_class",
    ],
    [
      "a fixed disk without room",
      { storage_class: "local", storage_type: "fixed", size_gb: 21 },
      {},
      "storage_full",
      "/storage_class",
    ],
    ["memory that is not free", { gb_ram: 129 }, {}, "insufficient_memory", "/gb_ram"],
    [
      "more processors than the host has",
      { cpu_cores: 65 },
      { logical_processors: 64 },
      "invalid_request",
      "/cpu_cores",
    ],
    [
      "required clustering on a host alone",
      { cluster_preference: "required" },
      { cluster: null },
      "cluster_unavailable",
      "/cluster_preference",
    ],
    [
      "required clustering without shared storage",
      { cluster_preference: "required", storage_class: "local" },
      {},
      "cluster_unavailable",
      "/storage_class",
    ],
    [
      "a host whose resources file is bad",
      {},
      { resources_error: "line 3" },
      "host_resources_invalid",
      "/target_host",
    ],
  ])("%s", async (_what, changes, record, code, pointer) => {
    await expect(checked(changes, record)).rejects.toMatchObject({ code, fields: [{ pointer }] });
  });

  it.each([
    ["a dynamic disk that may outgrow its storage later", { storage_class: "local", size_gb: 500 }],
    ["exactly the memory that is free", { gb_ram: 128 }],
    ["required clustering on shared storage", { cluster_preference: "required" }],
    ["preferred clustering on local storage", { cluster_preference: "preferred", storage_class: "local" }],
    ["names in another case", { network: "PRODUCTION", image_name: "Ubuntu-24.04", storage_class: "Gold" }],
  ])("but not %s", async (_what, changes) => {
    await checked(changes);
  });

  it("names every field at once", async () => {
    await expect(checked({ network: "dmz", gb_ram: 999 })).rejects.toMatchObject({
      code: "invalid_request",
      fields: [{ pointer: "/gb_ram" }, { pointer: "/network" }],
    });
  });

  it("a bad resources file with what is wrong in it", async () => {
    await expect(checked({}, { resources_error: "The file lacks `networks`." })).rejects.toThrow(
      "Nothing can be created on hv01: The file lacks `networks`.",
    );
  });

  it("a MAC address that another adapter has, however it is written", async () => {
    const hypervisor = new FakeHypervisor();
    const services = provisioning(hypervisor, [hostConfig("hv01")]);
    const nic = {
      nic_id: "1",
      adapter_name: "a",
      network: null,
      virtual_switch: null,
      vlan_id: null,
      ip_addresses: [],
    };
    hypervisor
      .inventory("hv01")
      .vms.push(vmRecord("db", { nics: [{ ...nic, mac_address: "00-15-5D-AA-BB-CC" }] }));
    await services.inventory.refresh();
    const taken = thrownBy(() =>
      services.deployments.create(linuxRequest({ mac_address: "00:15:5d:aa:bb:cc" })).check(),
    );
    expect(taken).toMatchObject({ code: "mac_address_taken", fields: [{ pointer: "/mac_address" }] });
    services.deployments.create(linuxRequest({ mac_address: "00:15:5d:aa:bb:cd" })).check();
  });
});

describe("a name in use", () => {
  it("on any host, in any case, counts", async () => {
    const hypervisor = new FakeHypervisor("hv01", "hv02");
    hypervisor.inventory("hv02").vms.push(vmRecord("WEB-01"));
    const { inventory, deployments, vms } = provisioning(hypervisor, ["hv01", "hv02"].map(hostConfig));
    await inventory.refresh();
    const expected = { code: "vm_name_taken", fields: [{ pointer: "/vm_name" }] };
    expect(thrownBy(() => deployments.create(linuxRequest()).start("operator"))).toMatchObject(expected);
    expect(thrownBy(() => vms.create(linuxRequest()).start("operator"))).toMatchObject(expected);
    expect(hypervisor.count("createVm")).toBe(0);
  });

  it("counts while its host does not answer, and what such a host said of its space does not", async () => {
    const hypervisor = new FakeHypervisor("hv01");
    hypervisor.inventory("hv01").host.memory_available_bytes = GB;
    hypervisor.inventory("hv01").vms.push(vmRecord("db-01"));
    const { inventory, deployments } = provisioning(hypervisor, [hostConfig("hv01")]);
    await inventory.refresh();
    hypervisor.failNext("readInventory", DOWN);
    await inventory.refresh();
    const taken = thrownBy(() => deployments.create(linuxRequest({ vm_name: "db-01" })).check());
    expect(taken.code).toBe("vm_name_taken");
    expect(taken.message).toContain("last seen on hv01");
    deployments.create(linuxRequest()).check();
  });

  it("counts from the moment it was submitted: two submits make one job and one error", async () => {
    const hypervisor = new FakeHypervisor();
    const { inventory, deployments, jobs } = provisioning(hypervisor, [hostConfig("hv01")]);
    await inventory.refresh();
    const first = deployments.create(linuxRequest()).start("one");
    const second = thrownBy(() => deployments.create(linuxRequest({ vm_name: "Web-01" })).start("two"));
    expect(second.code).toBe("vm_name_taken");
    expect(second.message).toContain(first.job_id);
    expect(jobs.list({ limit: 9, offset: 0 }).total).toBe(1);
    jobs.cancel(first.job_id);
    await jobs.ended(first.job_id);
    deployments.create(linuxRequest()).check();
  });
});

it("says nothing of a host that was never read: the agent will", () => {
  const { deployments } = provisioning(new FakeHypervisor(), [hostConfig("hv01")]);
  deployments.create(linuxRequest({ network: "dmz" })).check();
});
