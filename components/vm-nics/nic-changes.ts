import type { NicRecord } from "@/lib/domain/inventory";
import type { JsonObject } from "@/lib/domain/json";
import { type VmAction, type VmCondition, whyNot } from "@/lib/domain/vm-actions";

/** Each field of an adapter's schema that its record shows, and what changing it is. */
const FIELDS = {
  network: "nic_network",
  adapter_name: "nic_rename",
  mac_address: "nic_mac_address",
} as const satisfies Partial<Record<keyof NicRecord, VmAction>>;

/** The fields' values as they are now; one without a value is left out. */
export function valuesOfNic(nic: NicRecord): JsonObject {
  const values = Object.keys(FIELDS).map((name) => [name, nic[name as keyof typeof FIELDS]]);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** By field: why it cannot be changed in the state that the VM is in. */
export function fixedFields(vm: VmCondition): Record<string, string> {
  const reasons = Object.entries(FIELDS).map(([name, action]) => [name, whyNot(action, vm)]);
  return Object.fromEntries(reasons.filter(([, reason]) => reason !== null));
}

/** Why nothing of an adapter can be changed; undefined: something can. */
export function whyNotEdited(why: (action: VmAction) => string | undefined): string | undefined {
  const reasons = Object.values(FIELDS).map(why);
  return reasons.includes(undefined) ? undefined : reasons[0];
}
