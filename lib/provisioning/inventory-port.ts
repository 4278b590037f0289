import type { HostView, VmRecord, VmView } from "@/lib/domain/inventory";

/** What the provisioning services need to know of the hosts; `InventoryService` gives it. */
export interface InventoryPort {
  /** @throws AethervError `host_not_found` */
  host(name: string): HostView;
  hosts(): HostView[];
  vms(): VmView[];
  /** @throws AethervError `vm_not_found` */
  vm(id: string): VmView;
  /** Takes over one VM that was read by itself. */
  note(host: string, vm: VmRecord): void;
  /** Takes out a VM that an operation has deleted. */
  deleted(vmId: string): void;
  /** Resolves after a new read of the host, whether or not it was answered. */
  refresh(host: string): Promise<void>;
}
