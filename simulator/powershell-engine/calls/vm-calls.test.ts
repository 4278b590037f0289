import { describe, expect, test } from "vitest";
import { GIBIBYTE } from "../../host/bytes";
import { addDvdDrive, bootDevice } from "../../host/drives";
import { calledHosts } from "./testing/called-hosts";

const hosts = calledHosts();
const NEW = {
  name: "new01",
  path: "C:\\ClusterStorage\\Volume1\\Hyper-V",
  memory_startup_bytes: 2 * GIBIBYTE,
  generation: 2,
  switch_name: null,
};

describe("virtual machines", () => {
  test("are created in a folder of their name, and found by their id", async () => {
    const vm = await hosts.call("vm.create", NEW);
    expect(vm).toMatchObject({
      Name: "new01",
      State: "Off",
      Path: `${NEW.path}\\new01`,
      MemoryStartup: 2 * GIBIBYTE,
    });
    expect(hosts.drives.hasFolder("hv01", `${NEW.path}\\new01\\Virtual Machines`)).toBe(true);
    expect(await hosts.call("vm.get", { vm_id: hosts.vm("new01").id.toUpperCase() })).toEqual(vm);
    await expect(hosts.call("vm.get", { vm_id: crypto.randomUUID() })).rejects.toMatchObject({
      id: "ObjectNotFound",
      category: "ObjectNotFound",
    });
  });

  test("keep their role's name when they are renamed, until the role is renamed too", async () => {
    const vm_id = hosts.vm("dc01").id;
    await hosts.call("vm.rename", { vm_id, name: "dc02" });
    const roles = async () => (await hosts.call("cluster.list_groups")) as Record<string, unknown>[];
    const role = (await roles()).find(({ VMId }) => VMId === vm_id);
    expect(role).toMatchObject({ Name: "dc01", GroupType: "VirtualMachine", OwnerNode: "HV01" });
    await expect(
      hosts.call("cluster.rename_group", { group_id: role?.Id, name: "GitLab" }),
    ).rejects.toMatchObject({
      category: "ResourceExists",
    });
    await hosts.call("cluster.rename_group", { group_id: role?.Id, name: "dc02" });
    expect((await roles()).find(({ VMId }) => VMId === vm_id)).toMatchObject({ Name: "dc02", Id: role?.Id });
  });

  test("are removed only when they are off and have no role", async () => {
    const vm_id = hosts.vm("dc01").id;
    await expect(hosts.call("vm.delete", { vm_id })).rejects.toMatchObject({ id: "InvalidState" });
    await hosts.call("vm.change_power", { vm_id, action: "turn_off" });
    await expect(hosts.call("vm.delete", { vm_id })).rejects.toMatchObject({ id: "OperationFailed" });
    await hosts.call("cluster.remove_group", { vm_id });
    await hosts.call("vm.delete", { vm_id });
    expect(() => hosts.vm("dc01")).toThrow();
  });

  test("say whether a change of their power changed anything", async () => {
    const vm_id = hosts.vm("dc01").id;
    const change = (action: string) => hosts.call("vm.change_power", { vm_id, action });
    expect(await change("start")).toMatchObject({ Changed: false, VM: { State: "Running" } });
    expect(await change("suspend")).toMatchObject({ Changed: true, VM: { State: "Paused" } });
    expect(await change("restart")).toMatchObject({ Changed: true, VM: { State: "Running" } });
  });

  test("have firmware with generation 2 alone, with templates and boot devices that are there", async () => {
    const vm = hosts.vm("build-old");
    const change = { vm_id: vm.id, secure_boot: null, template: null, first_boot_device: null };
    await hosts.call("vm.set_firmware", { ...change, secure_boot: true, template: "microsoftwindows" });
    expect(vm.secureBoot).toEqual({ enabled: true, template: "MicrosoftWindows" });
    const dvd = addDvdDrive(hosts.host(), vm, null);
    const place = [dvd.controllerNumber, dvd.controllerLocation];
    await hosts.call("vm.set_firmware", { ...change, first_boot_device: { dvd: place } });
    expect(vm.bootOrder[0]).toBe(bootDevice(dvd));
    const invalid = { id: "InvalidParameter", category: "InvalidArgument" };
    await expect(hosts.call("vm.set_firmware", { ...change, template: "Own" })).rejects.toMatchObject(
      invalid,
    );
    const other = { adapter: crypto.randomUUID() };
    await expect(
      hosts.call("vm.set_firmware", { ...change, first_boot_device: other }),
    ).rejects.toMatchObject(invalid);
    vm.generation = 1;
    await expect(hosts.call("vm.set_firmware", { ...change, secure_boot: false })).rejects.toMatchObject(
      invalid,
    );
  });
});

describe("network adapters", () => {
  test("that cannot be connected are not added", async () => {
    const add = { vm_id: hosts.vm("build-old").id, name: "second", switch_name: "Nowhere", mac: null };
    await expect(hosts.call("adapter.add", add)).rejects.toMatchObject({ id: "InvalidParameter" });
    await expect(
      hosts.call("adapter.add", { ...add, switch_name: "datacenter", mac: "00-15-5D" }),
    ).rejects.toMatchObject({ id: "InvalidParameter" });
    expect(hosts.vm("build-old").adapters).toHaveLength(1);
    const added = await hosts.call("adapter.add", { ...add, switch_name: "datacenter", mac: "00155d01020a" });
    expect(added).toMatchObject({
      SwitchName: "Datacenter",
      MacAddress: "00155D01020A",
      DynamicMacAddressEnabled: false,
    });
  });

  test("of a running VM keep their address", async () => {
    const vm = hosts.vm("dc01");
    const change = { vm_id: vm.id, adapter_id: vm.adapters[0]?.id, mac: "00155D010203" };
    await expect(hosts.call("adapter.set_mac", change)).rejects.toMatchObject({ id: "InvalidState" });
  });
});

test("outside a cluster its cmdlets say that the service does not run", async () => {
  expect(await hosts.call("service.get", { name: "clussvc" }, "hv03")).toMatchObject({ Status: "Stopped" });
  expect(await hosts.call("service.get", { name: "Spooler" })).toBeNull();
  await expect(hosts.call("cluster.get", {}, "hv03")).rejects.toMatchObject({
    id: "Get-Cluster",
    category: "NotSpecified",
  });
});
