import type { VirtualMachine, VmActivity, VmState } from "../../../host/model";
import { checkpointGuid, settingId, switchGuid } from "../instance-ids";
import type { ManagementJob } from "../management-jobs";
import type { StandInContext } from "../stand-in-call";
import { type CimInstance, classOf } from "./cim-instance";

const NAMESPACE = "root/virtualization/v2";
const MEMORY_GUID = "4764334D-E001-4176-82EE-5594EC9B530E";

/** `EnabledState` of `Msvm_ComputerSystem`. */
const ENABLED_STATE: Record<VmState, number> = {
  running: 2,
  off: 3,
  stopping: 4,
  saved: 6,
  paused: 9,
  starting: 10,
  critical: 32787,
};

/** The second value of `OperationalStatus` of `Msvm_ComputerSystem`. */
const ACTIVITY: Record<VmActivity, number> = {
  checkpointing: 32768,
  merging_disks: 32772,
  exporting: 32773,
  migrating: 32774,
};
/** The first one: OK, and In Service. */
const STATUS = { ok: 2, inService: 11 } as const;

export type Values = CimInstance["values"];

/** An instance of a class of Hyper-V's namespace. */
export function instance(className: string, values: Values): CimInstance {
  return { class: classOf(NAMESPACE, className, true), values };
}

/** `Msvm_ComputerSystem`: the host itself, and its VMs. */
export function computerSystems({ host }: StandInContext): CimInstance[] {
  const self = instance("Msvm_ComputerSystem", {
    Caption: "Hosting Computer System",
    CreationClassName: "Msvm_ComputerSystem",
    Name: host.computerName,
    ElementName: host.computerName,
    EnabledState: 2,
    HealthState: 5,
  });
  return [self, ...[...host.vms.values()].map(computerSystem)];
}

/** The `Msvm_ComputerSystem` of a VM. */
export function computerSystem(vm: VirtualMachine): CimInstance {
  return instance("Msvm_ComputerSystem", {
    Caption: "Virtual Machine",
    Description: "Microsoft Virtual Machine",
    CreationClassName: "Msvm_ComputerSystem",
    Name: vm.id.toUpperCase(),
    ElementName: vm.name,
    EnabledState: ENABLED_STATE[vm.state],
    EnabledDefault: 3,
    HealthState: 5,
    OperationalStatus: operationalStatus(vm),
    StatusDescriptions: ["Operating normally"],
  });
}

/** `OperationalStatus` of a VM: with a second value while Hyper-V is at something with it. */
export function operationalStatus(vm: VirtualMachine): number[] {
  return vm.activity === null ? [STATUS.ok] : [STATUS.inService, ACTIVITY[vm.activity]];
}

/** The number that `EnabledState` has for a VM. */
export function enabledState(vm: VirtualMachine): number {
  return ENABLED_STATE[vm.state];
}

/** `Msvm_VirtualSystemSettingData`: of each VM its own, and one for each checkpoint. */
export function systemSettings({ host }: StandInContext): CimInstance[] {
  return [...host.vms.values()].flatMap((vm) => [systemSetting(vm), ...vm.checkpoints.map(checkpointOf(vm))]);
}

/** The settings that a VM has now. */
export function systemSetting(vm: VirtualMachine): CimInstance {
  return instance("Msvm_VirtualSystemSettingData", {
    ...commonSettings(vm),
    InstanceID: settingId(vm.id),
    ElementName: vm.name,
    ConfigurationID: vm.id.toUpperCase(),
    VirtualSystemType: "Microsoft:Hyper-V:System:Realized",
  });
}

function checkpointOf(vm: VirtualMachine): (name: string, index: number) => CimInstance {
  return (name, index) =>
    instance("Msvm_VirtualSystemSettingData", {
      ...commonSettings(vm),
      InstanceID: settingId(checkpointGuid(vm, index)),
      ElementName: name,
      ConfigurationID: checkpointGuid(vm, index),
      VirtualSystemType: "Microsoft:Hyper-V:Snapshot:Realized",
    });
}

function commonSettings(vm: VirtualMachine): Values {
  return {
    VirtualSystemIdentifier: vm.id.toUpperCase(),
    VirtualSystemSubType: `Microsoft:Hyper-V:SubType:${vm.generation}`,
    Notes: [vm.notes],
    ConfigurationDataRoot: vm.path,
    ConfigurationFile: `Virtual Machines\\${vm.id.toUpperCase()}.vmcx`,
    SnapshotDataRoot: vm.path,
    SecureBootEnabled: vm.generation === 2 && vm.secureBoot.enabled,
  };
}

/** `Msvm_MemorySettingData`: a definition of what is possible, and each VM's. */
export function memorySettings({ host }: StandInContext): CimInstance[] {
  const definition = instance("Msvm_MemorySettingData", {
    InstanceID: `Microsoft:Definition\\${MEMORY_GUID}\\Default`,
    VirtualQuantity: 1024,
  });
  const own = [...host.vms.values()].map((vm) =>
    instance("Msvm_MemorySettingData", {
      InstanceID: settingId(vm.id, MEMORY_GUID),
      ResourceSubType: "Microsoft:Hyper-V:Memory",
      ElementName: "Memory",
      AllocationUnits: "byte * 2^20",
      VirtualQuantity: vm.memoryStartupBytes / 2 ** 20,
      DynamicMemoryEnabled: vm.dynamicMemory,
    }),
  );
  return [definition, ...own];
}

/** `Msvm_VirtualSystemManagementService`, of which there is one. */
export function managementServices({ host }: StandInContext): CimInstance[] {
  return [
    instance("Msvm_VirtualSystemManagementService", {
      CreationClassName: "Msvm_VirtualSystemManagementService",
      Name: "vmms",
      SystemCreationClassName: "Msvm_ComputerSystem",
      SystemName: host.computerName,
      ElementName: "Hyper-V Virtual System Management Service",
      Started: true,
    }),
  ];
}

/** `Msvm_VirtualEthernetSwitch`. */
export function switches({ host }: StandInContext): CimInstance[] {
  return host.switches.map((name) =>
    instance("Msvm_VirtualEthernetSwitch", {
      CreationClassName: "Msvm_VirtualEthernetSwitch",
      Name: switchGuid(host, name),
      ElementName: name,
      EnabledState: 5,
      HealthState: 5,
    }),
  );
}

/** The `Msvm_ConcreteJob` of a job. */
export function concreteJob(job: ManagementJob): CimInstance {
  return instance("Msvm_ConcreteJob", {
    InstanceID: job.id,
    Name: job.name,
    ElementName: job.name,
    JobState: job.state,
    ErrorCode: job.errorCode,
    ErrorDescription: job.errorDescription === "" ? null : job.errorDescription,
    PercentComplete: job.state === 4 ? 0 : 100,
  });
}
