import type { NodeFileUse } from "@/lib/domain/deletion";
import { type FieldValues, numberField, textField } from "@/lib/domain/field-values";
import type { HostInventory, NicRecord, VmRecord, VmState } from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";
import { GB } from "@/lib/domain/units";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";

/** What the fake hypervisor's changes do to its records. */

export function changeVm(vm: VmRecord, changes: FieldValues): void {
  vm.vm_name = textField(changes, "vm_name") ?? vm.vm_name;
  vm.cpu_cores = numberField(changes, "cpu_cores") ?? vm.cpu_cores;
  const gigabytes = numberField(changes, "gb_ram");
  if (gigabytes !== null) vm.memory_startup_bytes = gigabytes * GB;
}

export function powered(vm: VmRecord, action: PowerAction): VmState {
  const { afterwards, repeats } = VM_ACTIONS[action];
  if (action === "start" || repeats === true) vm.uptime_ms = 0;
  vm.state = afterwards ?? vm.state;
  return vm.state;
}

export function changeAdapter(nic: NicRecord, changes: FieldValues): void {
  nic.network = textField(changes, "network") ?? nic.network;
  nic.adapter_name = textField(changes, "adapter_name") ?? nic.adapter_name;
  nic.mac_address = textField(changes, "mac_address") ?? nic.mac_address;
}

export function filesOf({ host, vms }: HostInventory): NodeFileUse {
  const files = vms.flatMap(({ vm_id, vm_name, disks }) =>
    disks.map(({ path, disk_id }) => {
      return { vm_id, vm_name, drive_path: path, path, disk_id, created: null, problem: null };
    }),
  );
  return { node: host.computer_name, files };
}

export function removeFrom<T>(list: T[], entry: T): void {
  list.splice(list.indexOf(entry), 1);
}
