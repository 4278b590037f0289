import { identityOf } from "../../../host/guest-identity";
import type {
  DvdDrive,
  GuestIdentity,
  HardDiskDrive,
  Host,
  NetworkAdapter,
  VirtualMachine,
} from "../../../host/model";
import { findFile } from "../../../host/storage";
import { checkpointGuid, drivePath, settingId, switchGuid } from "../instance-ids";
import type { StandInContext } from "../stand-in-call";
import type { CimInstance } from "./cim-instance";
import { kvpItemXml } from "./kvp-item-xml";
import { instance } from "./system-instances";

/** Feature of a switch port: VLAN. */
const VLAN_FEATURE = "952C5004-4465-451C-8CB8-FA9AB382B773";
const KVP_GUID = "2A34B1C2-FD73-4043-8A5B-DD2159BC743F";
const SHUTDOWN_GUID = "9F8233AC-BE49-4C79-8EE3-E7E1985B2077";

/** `Msvm_StorageAllocationSettingData`: what stands in the drives of VMs and of their checkpoints. */
export function storageAllocations({ host }: StandInContext): CimInstance[] {
  return [...host.vms.values()].flatMap((vm) => [
    ...vm.hardDiskDrives.map((drive) => diskAllocation(vm.id, vm, drive, drive.path)),
    ...vm.dvdDrives.flatMap((drive) => mediaAllocation(vm, drive)),
    ...vm.checkpoints.flatMap((_name, index) =>
      vm.hardDiskDrives.flatMap((drive) => {
        const path = pathAtCheckpoint(host, vm, drive, index);
        return path === null ? [] : [diskAllocation(checkpointGuid(vm, index), vm, drive, path)];
      }),
    ),
  ]);
}

/** What a drive held when a checkpoint was made: one parent further back for each later one. */
function pathAtCheckpoint(
  host: Host,
  vm: VirtualMachine,
  drive: HardDiskDrive,
  index: number,
): string | null {
  let path: string | null = drive.path;
  for (let back = vm.checkpoints.length; back > index && path !== null; back -= 1) {
    path = findFile(host, path)?.parentPath ?? null;
  }
  return path;
}

function diskAllocation(owner: string, vm: VirtualMachine, drive: HardDiskDrive, path: string): CimInstance {
  return instance("Msvm_StorageAllocationSettingData", {
    InstanceID: settingId(owner, drivePath(vm.id, drive), "L"),
    ElementName: "Hard Disk Image",
    ResourceType: 31,
    ResourceSubType: "Microsoft:Hyper-V:Virtual Hard Disk",
    HostResource: [path],
  });
}

function mediaAllocation(vm: VirtualMachine, drive: DvdDrive): CimInstance[] {
  if (drive.path === null) return [];
  return [
    instance("Msvm_StorageAllocationSettingData", {
      InstanceID: settingId(vm.id, drivePath(vm.id, drive), "L"),
      ElementName: "ISO Disk Image",
      ResourceType: 31,
      ResourceSubType: "Microsoft:Hyper-V:Virtual CD/DVD Disk",
      HostResource: [drive.path],
    }),
  ];
}

function eachAdapter(
  { host }: StandInContext,
  make: (vm: VirtualMachine, adapter: NetworkAdapter) => CimInstance[],
): CimInstance[] {
  return [...host.vms.values()].flatMap((vm) => vm.adapters.flatMap((adapter) => make(vm, adapter)));
}

/** `Msvm_SyntheticEthernetPortSettingData`. */
export function syntheticPorts(context: StandInContext): CimInstance[] {
  return eachAdapter(context, (vm, adapter) => [
    instance("Msvm_SyntheticEthernetPortSettingData", {
      InstanceID: settingId(vm.id, adapter.id.toUpperCase()),
      ElementName: adapter.name,
      ResourceType: 10,
      ResourceSubType: "Microsoft:Hyper-V:Synthetic Ethernet Port",
      Address: adapter.mac ?? "000000000000",
      StaticMacAddress: !adapter.dynamicMac,
    }),
  ]);
}

/** `Msvm_EthernetPortAllocationSettingData`; disabled, a port still names its last switch. */
export function portAllocations(context: StandInContext): CimInstance[] {
  const { host } = context;
  return eachAdapter(context, (vm, adapter) => {
    const guid = adapter.switchName === null ? null : switchGuid(host, adapter.switchName);
    const path = `\\\\${host.computerName}\\root\\virtualization\\v2:Msvm_VirtualEthernetSwitch.CreationClassName="Msvm_VirtualEthernetSwitch",Name="${guid}"`;
    return [
      instance("Msvm_EthernetPortAllocationSettingData", {
        InstanceID: settingId(vm.id, adapter.id.toUpperCase(), "C"),
        ElementName: "Ethernet Connection",
        ResourceType: 33,
        ResourceSubType: "Microsoft:Hyper-V:Ethernet Connection",
        EnabledState: guid === null ? 3 : 2,
        HostResource: guid === null ? [] : [path],
        LastKnownSwitchName: adapter.switchName,
      }),
    ];
  });
}

/** `Msvm_EthernetSwitchPortVlanSettingData`, only of ports that are not untagged. */
export function vlanSettings(context: StandInContext): CimInstance[] {
  return eachAdapter(context, (vm, adapter) =>
    adapter.vlanId === null
      ? []
      : [
          instance("Msvm_EthernetSwitchPortVlanSettingData", {
            InstanceID: settingId(vm.id, adapter.id.toUpperCase(), "C", VLAN_FEATURE),
            ElementName: "Ethernet Switch Port VLAN Settings",
            OperationMode: 1,
            AccessVlanId: adapter.vlanId,
          }),
        ],
  );
}

/** `Msvm_GuestNetworkAdapterConfiguration`. */
export function guestAdapters(context: StandInContext): CimInstance[] {
  return eachAdapter(context, (vm, adapter) => [
    instance("Msvm_GuestNetworkAdapterConfiguration", {
      InstanceID: `Microsoft:GuestNetwork\\${vm.id.toUpperCase()}\\${adapter.id.toUpperCase()}`,
      DHCPEnabled: true,
      IPAddresses: adapter.ipAddresses,
    }),
  ]);
}

/** `Msvm_KvpExchangeComponentSettingData` of a VM, where it has the integration service. */
export function kvpSettings({ fleet }: StandInContext, vm: VirtualMachine): CimInstance[] {
  if (!vm.dataExchangeEnabled) return [];
  return [
    instance("Msvm_KvpExchangeComponentSettingData", {
      InstanceID: settingId(vm.id, KVP_GUID),
      ElementName: "Key-Value Pair Exchange",
      EnabledState: 2,
      HostExchangeItems: itemsXml(fleet.kvp.hostItems(vm)),
    }),
  ];
}

/** `Msvm_KvpExchangeComponent` of a VM. */
export function kvpComponent({ fleet, host }: StandInContext, vm: VirtualMachine): CimInstance[] {
  if (!vm.dataExchangeEnabled) return [];
  return [
    instance("Msvm_KvpExchangeComponent", {
      ...device(vm, "Msvm_KvpExchangeComponent", KVP_GUID),
      GuestExchangeItems: itemsXml(fleet.kvp.guestItems(vm)),
      GuestIntrinsicExchangeItems: itemsXml(intrinsicItems(identityOf(host, vm))),
    }),
  ];
}

/** What the guest's service tells by itself, by the names of `Msvm_KvpExchangeComponent`. */
function intrinsicItems(identity: GuestIdentity | null): Map<string, string> {
  if (identity === null) return new Map();
  return new Map([
    ["FullyQualifiedDomainName", identity.hostName],
    ["OSName", identity.osName],
    ["ProcessorArchitecture", "9"],
  ]);
}

/** `Msvm_ShutdownComponent` of a VM, which is there while the VM runs. */
export function shutdownComponent(_context: StandInContext, vm: VirtualMachine): CimInstance[] {
  if (vm.state !== "running") return [];
  return [instance("Msvm_ShutdownComponent", device(vm, "Msvm_ShutdownComponent", SHUTDOWN_GUID))];
}

function device(vm: VirtualMachine, className: string, guid: string): CimInstance["values"] {
  return {
    SystemCreationClassName: "Msvm_ComputerSystem",
    SystemName: vm.id.toUpperCase(),
    CreationClassName: className,
    DeviceID: `Microsoft:${vm.id.toUpperCase()}\\${guid}`,
    EnabledState: 2,
  };
}

function itemsXml(items: ReadonlyMap<string, string>): string[] {
  return [...items].map(([name, data]) => kvpItemXml(name, data));
}
