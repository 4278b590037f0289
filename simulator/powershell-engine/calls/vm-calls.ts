import { z } from "zod";
import { connectAdapter } from "../../host/adapters";
import { setFirstBootDevice } from "../../host/drives";
import { DURATION } from "../../host/durations";
import { hasCondition } from "../../host/faults";
import type { Host, VirtualMachine } from "../../host/model";
import {
  disableSecureBoot,
  newVm,
  removeVm,
  renameVm,
  setDynamicMemory,
  setProcessorCount,
  setSecureBootTemplate,
  setStartupMemory,
} from "../../host/virtual-machines";
import { joinPath, pathKey } from "../../host/windows-path";
import { checkpointGuid } from "./instance-ids";
import { type JsonObject, StandInError, standInCall, vmOf } from "./stand-in-call";
import { vmObject } from "./vm-object";

const vmId = z.string();

/** `Get-VM`, before names are filtered. */
export const listVms = standInCall(z.strictObject({}), ({ fleet, host }) => {
  if (hasCondition(fleet.faults, host.name, "no_hyperv_rights")) {
    throw new StandInError(
      "AccessDenied",
      "NotSpecified",
      `You do not have the required permission to complete this task. Contact the administrator of the authorization policy for the computer '${host.computerName}'.`,
    );
  }
  return [...host.vms.values()].map((vm) => vmObject(fleet, host, vm));
});

/** `Get-VM -Id`. */
export const getVmById = standInCall(z.strictObject({ vm_id: vmId }), (context, args) =>
  vmObject(context.fleet, context.host, vmOf(context, args.vm_id)),
);

/** `New-VM`. Without a path: the host's default folder. */
export const createVm = standInCall(
  z.strictObject({
    name: z.string(),
    path: z.string().nullable(),
    memory_startup_bytes: z.int(),
    generation: z.union([z.literal(1), z.literal(2)]),
    switch_name: z.string().nullable(),
  }),
  async (context, args) => {
    const { fleet, host, takes } = context;
    await takes(DURATION.newVm);
    const vm = newVm(host, {
      name: args.name,
      memoryStartupBytes: args.memory_startup_bytes,
      path: joinPath(args.path ?? DEFAULT_PATH, args.name),
    });
    vm.generation = args.generation;
    const [adapter] = vm.adapters;
    if (args.switch_name !== null && adapter !== undefined) connectAdapter(host, adapter, args.switch_name);
    return vmObject(fleet, host, vm);
  },
);

/** `VirtualMachinePath` of a host as it is installed. */
const DEFAULT_PATH = "C:\\ProgramData\\Microsoft\\Windows\\Hyper-V";

/** A call that changes a VM and gives it back. */
function change<Arguments extends { vm_id: string }>(
  schema: z.ZodType<Arguments>,
  apply: (host: Host, vm: VirtualMachine, args: Arguments) => void,
) {
  return standInCall(schema, async (context, args) => {
    await context.takes(DURATION.setVm);
    const vm = vmOf(context, args.vm_id);
    apply(context.host, vm, args);
    return vmObject(context.fleet, context.host, vm);
  });
}

/** `Rename-VM`. */
export const renameOneVm = change(z.strictObject({ vm_id: vmId, name: z.string() }), (_host, vm, args) =>
  renameVm(vm, args.name),
);

/** `Set-VM -Notes`. */
export const setNotes = change(z.strictObject({ vm_id: vmId, notes: z.string() }), (_host, vm, args) => {
  vm.notes = args.notes;
});

/** `Set-VMProcessor -Count`. */
export const setProcessors = change(z.strictObject({ vm_id: vmId, count: z.int() }), (host, vm, args) =>
  setProcessorCount(host, vm, args.count),
);

/** `Set-VMMemory -StartupBytes -DynamicMemoryEnabled`. */
export const setMemory = change(
  z.strictObject({ vm_id: vmId, startup_bytes: z.int().nullable(), dynamic: z.boolean().nullable() }),
  (host, vm, args) => {
    if (args.dynamic !== null) setDynamicMemory(vm, args.dynamic);
    if (args.startup_bytes === null) return;
    setStartupMemory(host, vm, args.startup_bytes);
  },
);

const TEMPLATES = ["MicrosoftWindows", "MicrosoftUEFICertificateAuthority", "OpenSourceShieldedVM"];

const bootDeviceSchema = z.union([
  z.strictObject({ disk: z.string() }),
  z.strictObject({ dvd: z.tuple([z.int(), z.int()]) }),
  z.strictObject({ adapter: z.string() }),
]);

/** `Set-VMFirmware`: generation 2 only. */
export const setFirmware = change(
  z.strictObject({
    vm_id: vmId,
    secure_boot: z.boolean().nullable(),
    template: z.string().nullable(),
    first_boot_device: bootDeviceSchema.nullable(),
  }),
  (_host, vm, args) => {
    if (vm.generation !== 2) throw invalid("The operation is possible with generation 2 only.");
    if (args.template !== null) setSecureBootTemplate(vm, templateNamed(args.template));
    if (args.secure_boot === false) disableSecureBoot(vm);
    else if (args.secure_boot === true) setSecureBootTemplate(vm, vm.secureBoot.template);
    if (args.first_boot_device === null) return;
    const device = bootEntry(args.first_boot_device);
    if (!vm.bootOrder.includes(device)) throw invalid("The boot device is none of the virtual machine's.");
    setFirstBootDevice(vm, device);
  },
);

function templateNamed(wanted: string): string {
  const found = TEMPLATES.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (found === undefined) throw invalid(`There is no secure boot template "${wanted}".`);
  return found;
}

/** A device's entry in the state's boot order. */
function bootEntry(device: z.output<typeof bootDeviceSchema>): string {
  if ("disk" in device) return `disk:${pathKey(device.disk)}`;
  if ("dvd" in device) return `dvd:${device.dvd.join(":")}`;
  return `nic:${device.adapter.toLowerCase()}`;
}

function invalid(message: string): StandInError {
  return new StandInError("InvalidParameter", "InvalidArgument", message);
}

/** `Remove-VM`. */
export const deleteVm = standInCall(z.strictObject({ vm_id: vmId }), async (context, args) => {
  await context.takes(DURATION.removeVm);
  removeVm(context.host, vmOf(context, args.vm_id));
  return null;
});

/** `Get-VMSnapshot`. */
export const listCheckpoints = standInCall(z.strictObject({ vm_id: vmId }), (context, args) => {
  const vm = vmOf(context, args.vm_id);
  return vm.checkpoints.map(
    (name, index): JsonObject => ({
      Id: checkpointGuid(vm, index).toLowerCase(),
      Name: name,
      VMId: vm.id,
      VMName: vm.name,
      Path: vm.path,
      ParentSnapshotId: index === 0 ? null : checkpointGuid(vm, index - 1).toLowerCase(),
      ParentSnapshotName: vm.checkpoints[index - 1] ?? null,
    }),
  );
});
