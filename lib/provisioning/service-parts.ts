import type { Hypervisor } from "@/lib/domain/hypervisor";
import type { JobService } from "@/lib/jobs/job-service";
import type { InventoryPort } from "./inventory-port";
import type { Preflight } from "./preflight";

/** What the services of a component work with. */
export interface ServiceParts {
  jobs: JobService;
  hypervisor: Hypervisor;
  inventory: InventoryPort;
  preflight: Preflight;
}
