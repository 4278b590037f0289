import { listed } from "@/lib/domain/attention/item";
import { AethervError } from "@/lib/domain/errors";
import type { DeploymentContext } from "@/lib/domain/hypervisor";
import type { InventoryPort } from "./inventory-port";

/** The VM that an operation works on. */
export interface Target {
  host: string;
  /** null: it does not exist yet. */
  vm_id: string | null;
  vm_name: string;
}

/** A VM that exists, or is known to a deployment to exist. */
export interface ExistingTarget extends Target {
  vm_id: string;
}

/** A disk of a VM that exists. */
export interface DiskTarget extends ExistingTarget {
  disk_id: string;
}

/** An adapter of a VM that exists. */
export interface NicTarget extends ExistingTarget {
  nic_id: string;
}

/** How a deployment runs one of its steps through a component's service: it has checked the request as a whole. */
export interface StepOptions {
  /** The deployment's own job. */
  parent: string;
  deployment: DeploymentContext;
  /** Where the VM is: known to the deployment before any inventory lists it. */
  host: string;
  vm_name: string;
  /** The deployment was left unfinished before, and goes on: something of the step may be there already. */
  continues: boolean;
  /** The image on the VM's disk, for the version of the provisioning protocol that it speaks. */
  image_name: string | null;
}

/**
 * The VM with this id, where inventory has it; a deployment's step says it itself.
 * @throws AethervError `vm_not_found`
 */
export function targetOf(inventory: InventoryPort, vm_id: string, step?: StepOptions): ExistingTarget {
  if (step !== undefined) return { host: step.host, vm_id, vm_name: step.vm_name };
  const { host, vm_name } = inventory.vm(vm_id);
  return { host, vm_id, vm_name };
}

/**
 * Nothing is done with a VM that several hosts have: it might be done with the wrong one.
 * @throws AethervError `vm_on_several_hosts`, `vm_not_found`
 */
export function requireOneHost(inventory: InventoryPort, { vm_id }: ExistingTarget): void {
  const { vm_name, host, also_on } = inventory.vm(vm_id);
  if (also_on.length === 0) return;
  const hosts = listed([host, ...also_on]);
  throw new AethervError("vm_on_several_hosts", `VM ${vm_name} is on ${hosts}, each with the same id.`);
}
