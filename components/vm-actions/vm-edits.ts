import type { VmView } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import type { FieldProblem } from "@/lib/domain/problem";
import { GB } from "@/lib/domain/units";
import { refusalOf } from "@/lib/domain/vm-actions";

/** Of a VM, what its edit stands on. */
export type EditedVm = Pick<
  VmView,
  "vm_name" | "memory_startup_bytes" | "cpu_cores" | "state" | "dynamic_memory" | "generation" | "checkpoints"
>;

/** The values of the schema's fields as they are now. */
export function valuesOfVm({ vm_name, memory_startup_bytes, cpu_cores }: EditedVm): JsonObject {
  return { vm_name, gb_ram: memory_startup_bytes / GB, cpu_cores };
}

/** By field: why it cannot be changed in the state that the VM is in, whatever the value. */
export function fixedFields(vm: EditedVm): Record<string, string> {
  const memory = refusalOf("more_memory", vm) === null ? null : refusalOf("less_memory", vm);
  const reasons = {
    vm_name: refusalOf("rename", vm),
    gb_ram: memory,
    cpu_cores: refusalOf("processors", vm),
  };
  return Object.fromEntries(
    Object.entries(reasons).flatMap(([name, reason]) => (reason === null ? [] : [[name, reason]])),
  );
}

/** What speaks against changes in the state that the VM is in, as the server would say it. */
export function judgeEdit({ gb_ram }: JsonObject, vm: EditedVm): FieldProblem[] {
  if (typeof gb_ram !== "number") return [];
  const more = gb_ram * GB > vm.memory_startup_bytes;
  const reason = refusalOf(more ? "more_memory" : "less_memory", vm);
  return reason === null ? [] : [{ pointer: "/gb_ram", message: reason }];
}

/** What one must know before one fills anything in: each change that the VM's state does not allow now, and why. */
export function statesFirst(vm: EditedVm): string[] {
  const reasons = [refusalOf("processors", vm), refusalOf("less_memory", vm), refusalOf("more_memory", vm)];
  return reasons.filter((reason) => reason !== null);
}
