import { z } from "zod";
import type { VirtualMachine } from "../../../host/model";
import { type JsonValue, type StandInContext, StandInError, standInCall } from "../stand-in-call";
import type { CimClass } from "./cim-class";
import { CIM_FAILURE, type CimInstance, classOf, hasKeys, toJson } from "./cim-instance";
import { clusterResources } from "./cluster-instances";
import {
  guestAdapters,
  kvpComponent,
  kvpSettings,
  portAllocations,
  shutdownComponent,
  storageAllocations,
  syntheticPorts,
  vlanSettings,
} from "./device-instances";
import { invokeMethod } from "./methods";
import {
  computerSystems,
  concreteJob,
  managementServices,
  memorySettings,
  switches,
  systemSetting,
  systemSettings,
} from "./system-instances";
import { hostSystems, operatingSystems, volumes } from "./windows-instances";

type Enumerate = (context: StandInContext) => CimInstance[];

const INSTANCES: Record<string, Enumerate> = {
  Msvm_ComputerSystem: computerSystems,
  Msvm_VirtualSystemSettingData: systemSettings,
  Msvm_MemorySettingData: memorySettings,
  Msvm_StorageAllocationSettingData: storageAllocations,
  Msvm_SyntheticEthernetPortSettingData: syntheticPorts,
  Msvm_EmulatedEthernetPortSettingData: () => [],
  Msvm_EthernetPortAllocationSettingData: portAllocations,
  Msvm_EthernetSwitchPortVlanSettingData: vlanSettings,
  Msvm_GuestNetworkAdapterConfiguration: guestAdapters,
  Msvm_KvpExchangeComponentSettingData: (context) => ofEachVm(context, kvpSettings),
  Msvm_KvpExchangeComponent: (context) => ofEachVm(context, kvpComponent),
  Msvm_ShutdownComponent: (context) => ofEachVm(context, shutdownComponent),
  Msvm_VirtualEthernetSwitch: switches,
  Msvm_VirtualSystemManagementService: managementServices,
  Win32_OperatingSystem: operatingSystems,
  Win32_ComputerSystem: hostSystems,
  Win32_Volume: volumes,
  MSCluster_Cluster: ({ host }) => [
    { class: classOf("root/MSCluster", "MSCluster_Cluster", true), values: { Name: host.cluster } },
  ],
  MSCluster_Resource: clusterResources,
};

const className = { namespace: z.string(), class_name: z.string() };
const keys = z.record(z.string(), z.json());

/** `Get-CimInstance -ClassName`. */
export const enumerateInstances = standInCall(z.strictObject(className), (context, args) =>
  enumerate(context, classIn(context, args)).map(toJson),
);

/** `Get-CimInstance -InputObject`: the instance that has these keys, as it is now. */
export const getInstance = standInCall(z.strictObject({ ...className, keys }), (context, args) =>
  toJson(find(context, classIn(context, args), args.keys)),
);

/** `Get-CimAssociatedInstance`. */
export const associatedInstances = standInCall(
  z.strictObject({ ...className, keys, association: z.string(), result_class: z.string() }),
  (context, args) => {
    const source = find(context, classIn(context, args), args.keys);
    const result = classIn(context, { namespace: args.namespace, class_name: args.result_class });
    return associated(context, source, args.association, result).map(toJson);
  },
);

/** `Invoke-CimMethod -InputObject`. */
export const callMethod = standInCall(
  z.strictObject({ ...className, keys, method: z.string(), arguments: z.record(z.string(), z.json()) }),
  async (context, args) => {
    const declared = classIn(context, args);
    const method = [...declared.methods.keys()].find(
      (name) => name.toLowerCase() === args.method.toLowerCase(),
    );
    if (method === undefined) {
      throw new StandInError(CIM_FAILURE.invalidMethod, "InvalidOperation", "Invalid method ", declared.name);
    }
    return invokeMethod(context, find(context, declared, args.keys), method, args.arguments);
  },
);

/** What the modules must know of a class before they call a method: its parameters and their types. */
export const describeMethods = standInCall(z.strictObject(className), (context, args) => {
  const methods = [...classIn(context, args).methods];
  return Object.fromEntries(methods.map(([name, parameters]) => [name, Object.fromEntries(parameters)]));
});

function classIn(context: StandInContext, args: { namespace: string; class_name: string }): CimClass {
  return classOf(args.namespace, args.class_name, context.host.cluster !== null);
}

function enumerate(context: StandInContext, declared: CimClass): CimInstance[] {
  return INSTANCES[declared.name]?.(context) ?? [];
}

function find(context: StandInContext, declared: CimClass, wanted: Record<string, JsonValue>): CimInstance {
  const job = declared.name === "Msvm_ConcreteJob" ? context.jobs.find(String(wanted.InstanceID)) : undefined;
  const found =
    job === undefined
      ? enumerate(context, declared).find((candidate) => hasKeys(candidate, wanted))
      : concreteJob(job);
  if (found !== undefined) return found;
  throw new StandInError(CIM_FAILURE.notFound, "ObjectNotFound", "Not found ", declared.name);
}

function associated(
  context: StandInContext,
  source: CimInstance,
  association: string,
  result: CimClass,
): CimInstance[] {
  const route = `${source.class.name} ${association} ${result.name}`.toLowerCase();
  const guid = String(source.values.VirtualSystemIdentifier ?? source.values.Name).toLowerCase();
  const vm = context.host.vms.get(guid);
  if (vm === undefined) return [];
  switch (route) {
    case "msvm_computersystem msvm_settingsdefinestate msvm_virtualsystemsettingdata":
      return [systemSetting(vm)];
    case "msvm_virtualsystemsettingdata msvm_virtualsystemsettingdatacomponent msvm_kvpexchangecomponentsettingdata":
      return kvpSettings(context, vm);
    case "msvm_computersystem msvm_systemdevice msvm_kvpexchangecomponent":
      return kvpComponent(context, vm);
    case "msvm_computersystem msvm_systemdevice msvm_shutdowncomponent":
      return shutdownComponent(context, vm);
  }
  throw new StandInError(
    "StandInNotImplemented",
    "NotImplemented",
    `The stand-in does not know the way from ${source.class.name} over ${association} to ${result.name}.`,
  );
}

function ofEachVm(
  context: StandInContext,
  make: (context: StandInContext, vm: VirtualMachine) => CimInstance[],
): CimInstance[] {
  return [...context.host.vms.values()].flatMap((vm) => make(context, vm));
}
