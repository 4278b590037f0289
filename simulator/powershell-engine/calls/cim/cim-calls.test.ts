import { describe, expect, test, vi } from "vitest";
import { addCheckpoint } from "../../../host/checkpoints";
import { addDvdDrive } from "../../../host/drives";
import { addMedia } from "../../../host/storage";
import { calledHosts } from "../testing/called-hosts";
import { kvpItemXml, readKvpItem } from "./kvp-item-xml";

const hosts = calledHosts();
const SPACE = "root/virtualization/v2";

interface Json {
  class: string;
  keys: string[];
  types: Record<string, string>;
  properties: Record<string, unknown>;
}

const enumerate = async (class_name: string, namespace = SPACE, host = "hv01") =>
  (await hosts.call("cim.enumerate", { namespace, class_name }, host)) as Json[];
const systemKeys = (name: string) => ({
  CreationClassName: "Msvm_ComputerSystem",
  Name: hosts.vm(name).id.toUpperCase(),
});

describe("instances", () => {
  test("have every property of their class, and the types of those that have a value", async () => {
    const [host, ...vms] = await enumerate("msvm_computersystem");
    expect(host?.properties).toMatchObject({ Name: "HV01", Caption: "Hosting Computer System" });
    expect(vms).toHaveLength(3);
    expect(vms[0]?.properties).toMatchObject({ ElementName: "dc01", EnabledState: 2, ProcessID: null });
    expect(vms[0]?.types).toMatchObject({ EnabledState: "uint16", OperationalStatus: "uint16[]" });
    expect(vms[0]?.types.ProcessID).toBeUndefined();
  });

  test("are found by their keys whatever the case, and otherwise not", async () => {
    const key = { namespace: "root\\virtualization\\v2", class_name: "Msvm_ComputerSystem" };
    const found = (await hosts.call("cim.get", { ...key, keys: systemKeys("dc01") })) as Json;
    expect(found.properties.ElementName).toBe("dc01");
    const gone = { ...systemKeys("dc01"), Name: crypto.randomUUID() };
    await expect(hosts.call("cim.get", { ...key, keys: gone })).rejects.toMatchObject({
      id: "HRESULT 0x80041002",
      category: "ObjectNotFound",
    });
    await expect(hosts.call("cim.get", { ...key, keys: {} })).rejects.toMatchObject({
      id: "HRESULT 0x80041002",
    });
  });

  test("of an unknown class or namespace are errors of their own", async () => {
    await expect(enumerate("Msvm_Nothing")).rejects.toMatchObject({ id: "HRESULT 0x80041010" });
    await expect(enumerate("Win32_Volume", "root/nowhere")).rejects.toMatchObject({
      id: "HRESULT 0x8004100e",
    });
    await expect(enumerate("MSCluster_Cluster", "root/MSCluster", "hv03")).rejects.toMatchObject({
      id: "HRESULT 0x8004100e",
    });
    expect(await enumerate("MSCluster_Cluster", "root/MSCluster")).toMatchObject([
      { properties: { Name: "cluster01" } },
    ]);
  });

  test("of the host tell of drives without a disc, and of shared volumes on their owner only", async () => {
    const names = async (host: string) =>
      (await enumerate("Win32_Volume", "root/cimv2", host)).map(({ properties }) => properties.Name);
    expect(await names("hv01")).toContain("C:\\ClusterStorage\\Volume1\\");
    expect(await names("hv02")).not.toContain("C:\\ClusterStorage\\Volume1\\");
    const volumes = await enumerate("Win32_Volume", "root/cimv2");
    expect(volumes.at(-1)?.properties).toMatchObject({ Name: "Z:\\", Capacity: null });
  });

  test("list what stands in drives now, and what a checkpoint keeps", async () => {
    const vm = hosts.vm("build-old");
    const disk = vm.hardDiskDrives[0]?.path;
    addMedia(hosts.host(), "C:\\ClusterStorage\\Volume1\\a.iso", 1000);
    addDvdDrive(hosts.host(), vm, "C:\\ClusterStorage\\Volume1\\a.iso");
    addDvdDrive(hosts.host(), vm, null);
    addCheckpoint(hosts.host(), vm, "before");
    const prefix = `Microsoft:${vm.id.toUpperCase()}\\`;
    const stored = (await enumerate("Msvm_StorageAllocationSettingData")).map(({ properties }) => properties);
    const own = stored.filter(({ InstanceID }) => String(InstanceID).startsWith(prefix));
    expect(own.map(({ HostResource }) => HostResource)).toEqual([
      [vm.hardDiskDrives[0]?.path],
      ["C:\\ClusterStorage\\Volume1\\a.iso"],
    ]);
    const kept = stored.filter(({ HostResource }) => (HostResource as string[])[0] === disk);
    expect(kept).toHaveLength(1);
    expect(String(kept[0]?.InstanceID).startsWith(prefix)).toBe(false);
    const settings = (await enumerate("Msvm_VirtualSystemSettingData")).map(({ properties }) => properties);
    expect(
      settings.filter(({ VirtualSystemIdentifier }) => VirtualSystemIdentifier === vm.id.toUpperCase()),
    ).toMatchObject([
      {
        VirtualSystemType: "Microsoft:Hyper-V:System:Realized",
        InstanceID: `Microsoft:${vm.id.toUpperCase()}`,
      },
      { VirtualSystemType: "Microsoft:Hyper-V:Snapshot:Realized", ElementName: "before" },
    ]);
  });

  test("are reached by the associations that are known, and by no other", async () => {
    const from = { namespace: SPACE, class_name: "Msvm_ComputerSystem", keys: systemKeys("dc01") };
    const to = (association: string, result_class: string) =>
      hosts.call("cim.associated", { ...from, association, result_class });
    expect(await to("Msvm_SettingsDefineState", "Msvm_VirtualSystemSettingData")).toHaveLength(1);
    expect(await to("Msvm_SystemDevice", "Msvm_ShutdownComponent")).toHaveLength(1);
    hosts.vm("dc01").dataExchangeEnabled = false;
    expect(await to("Msvm_SystemDevice", "Msvm_KvpExchangeComponent")).toEqual([]);
    await expect(to("Msvm_HostedService", "Msvm_KvpExchangeComponent")).rejects.toMatchObject({
      category: "NotImplemented",
    });
  });
});

describe("methods", () => {
  const service = async () => {
    const [found] = await enumerate("Msvm_VirtualSystemManagementService");
    const keys = Object.fromEntries((found?.keys ?? []).map((key) => [key, found?.properties[key]]));
    return { namespace: SPACE, class_name: "Msvm_VirtualSystemManagementService", keys };
  };
  const invoke = async (method: string, args: Record<string, unknown>) =>
    (await hosts.call("cim.invoke", { ...(await service()), method, arguments: args })) as Record<
      string,
      unknown
    >;
  const items = (...names: string[]) => names.map((name) => kvpItemXml(name, `value of ${name}`));

  test("that the class does not have are invalid", async () => {
    await expect(invoke("DefineSystem", {})).rejects.toMatchObject({ id: "HRESULT 0x80041055" });
  });

  test("GetSummaryInformation gives what is asked for, of every VM", async () => {
    const answer = await invoke("GetSummaryInformation", { RequestedInformation: [0, 100, 103] });
    expect(answer.ReturnValue).toBe(0);
    const rows = (answer.SummaryInformation as Json[]).map(({ properties }) => properties);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({ EnabledState: 2, MemoryUsage: 8192, ElementName: null, Notes: null });
    expect(rows[2]).toMatchObject({ EnabledState: 3, MemoryUsage: null });
  });

  test("change the items of a stopped VM at once, and refuse a key that is there", async () => {
    const TargetSystem = systemKeys("build-old");
    const add = (...names: string[]) => invoke("AddKvpItems", { TargetSystem, DataItems: items(...names) });
    expect(await add("a", "b")).toEqual({ ReturnValue: 0, Job: null });
    expect(await add("c", "a")).toEqual({ ReturnValue: 32773, Job: null });
    expect(await invoke("RemoveKvpItems", { TargetSystem, DataItems: items("z") })).toMatchObject({
      ReturnValue: 32773,
    });
    expect([...hosts.fleet.kvp.hostItems(hosts.vm("build-old"))]).toEqual([
      ["a", "value of a"],
      ["b", "value of b"],
    ]);
    await expect(invoke("AddKvpItems", { TargetSystem, DataItems: ["<INSTANCE/>"] })).rejects.toMatchObject({
      id: "HRESULT 0x80041008",
    });
  });

  test("change the items of a running VM by a job, which ends well or with the error's code", async () => {
    const TargetSystem = systemKeys("dc01");
    const ended = async (): Promise<Record<string, unknown>> => {
      const answer = await invoke("AddKvpItems", { TargetSystem, DataItems: items("a") });
      expect(answer.ReturnValue).toBe(4096);
      const job = answer.Job as Json;
      expect(job.properties).toMatchObject({ JobState: null });
      const keys = { InstanceID: job.properties.InstanceID };
      const key = { namespace: SPACE, class_name: "Msvm_ConcreteJob", keys };
      return vi.waitFor(async () => {
        const { properties } = (await hosts.call("cim.get", key)) as Json;
        expect(Number(properties.JobState)).toBeGreaterThanOrEqual(7);
        return properties;
      });
    };
    expect(await ended()).toMatchObject({ JobState: 7, ErrorCode: 0, ErrorDescription: null });
    expect(await ended()).toMatchObject({ JobState: 10, ErrorCode: 32773 });
    hosts.fleet.faults.add({ host: "hv01", kind: "kvp_refused" });
    expect(await ended()).toMatchObject({ JobState: 10, ErrorCode: 32768 });
  });

  test("AddVirtualMachine finds the VM by its name, and says in words why it cannot", async () => {
    const call = (VirtualMachine: string) =>
      hosts.call("cim.invoke", {
        namespace: "root/MSCluster",
        class_name: "MSCluster_Cluster",
        keys: { Name: "cluster01" },
        method: "AddVirtualMachine",
        arguments: { VirtualMachine },
      });
    await expect(call("dc01")).rejects.toMatchObject({ id: "HRESULT 0x80041001" });
    hosts.vm("dc01").clustered = false;
    expect(await call("DC01")).toEqual({});
    expect(hosts.vm("dc01").clustered).toBe(true);
  });
});

test("an item survives being written and read, and what is none is refused", () => {
  const [name, data] = ["a<b>&\"c'", "\u{1f600}]]> ü\t "];
  expect(readKvpItem(kvpItemXml(name, data))).toEqual([name, data]);
  expect(readKvpItem(kvpItemXml("empty", ""))).toEqual(["empty", ""]);
  const wrong = [
    "",
    "<a/>",
    kvpItemXml("a", "b").replace("Msvm_KvpExchangeDataItem", "Msvm_Other"),
    kvpItemXml("a", "b").replace('NAME="Data"', 'NAME="Datum"'),
    kvpItemXml("a", "b").replace("<VALUE>0</VALUE>", "<VALUE>1</VALUE>"),
    kvpItemXml("a", "b").replace('NAME="Name" TYPE="string"', 'NAME="Name" TYPE="uint16"'),
  ];
  for (const xml of wrong) expect(() => readKvpItem(xml)).toThrow(/Invalid parameter/);
});
