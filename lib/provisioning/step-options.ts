import type { DeploymentContext } from "@/lib/domain/hypervisor";

/** How a deployment runs one of its steps through a component's service. */
export interface StepOptions {
  /** The deployment's own job. */
  parent: string;
  deployment: DeploymentContext;
  /** Where the VM is: known to the deployment before any inventory lists it. */
  host: string;
  vm_name: string;
  /** The image on the VM's disk, for the version of the provisioning protocol that it speaks. */
  image_name: string | null;
}
