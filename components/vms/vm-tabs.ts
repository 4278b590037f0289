/** The parts of a VM's page, as they stand in its address. */
export const VM_TABS = ["overview", "disks", "nics", "notes", "jobs"] as const;
export type VmTab = (typeof VM_TABS)[number];

/** The part that an address asks for; the overview where it asks for none that there is. */
export function tabOf(value: string | null): VmTab {
  return VM_TABS.find((tab) => tab === value) ?? "overview";
}
