import { ManagedDeploymentService } from "@/lib/deployment/managed-deployment-service";
import { UnfinishedDeployments } from "@/lib/deployment/unfinished-deployments";
import type { ConnectionProbes } from "@/lib/domain/host-check";
import type { HostConfig } from "@/lib/domain/host-config";
import type { Hypervisor } from "@/lib/domain/hypervisor";
import { HostCheckService } from "@/lib/host-check/host-check-service";
import { InventoryService, type InventorySettings } from "@/lib/inventory/inventory-service";
import type { MistakeReporter } from "@/lib/jobs/job-runner";
import { type JobLimits, JobService } from "@/lib/jobs/job-service";
import { DiskService } from "@/lib/provisioning/disk-service";
import {
  InitializationService,
  type InitializationSettings,
} from "@/lib/provisioning/initialization-service";
import { NicService } from "@/lib/provisioning/nic-service";
import { Preflight } from "@/lib/provisioning/preflight";
import { VmService } from "@/lib/provisioning/vm-service";
import type { SchemaSet } from "@/lib/schema/schema-set";
import type { SchemaValidators } from "@/lib/schema/validate";

/** What AetherV does, whoever asks for it. */
export interface Services {
  jobs: JobService;
  inventory: InventoryService;
  vms: VmService;
  disks: DiskService;
  nics: NicService;
  initializations: InitializationService;
  deployments: ManagedDeploymentService;
  unfinished: UnfinishedDeployments;
  checks: HostCheckService;
}

/** Puts the services together over the hosts: a job that ends has its host read, a read settles jobs. */
export function composeServices(parts: {
  hosts: readonly HostConfig[];
  hypervisor: Hypervisor;
  schemas: SchemaSet;
  validators: SchemaValidators;
  limits: JobLimits;
  inventory: InventorySettings;
  initialization: InitializationSettings;
  checks: { probes: ConnectionProbes; deadlineSeconds: number };
  reportMistake?: MistakeReporter;
}): Services {
  const { hosts, hypervisor, schemas, validators, limits } = parts;
  const jobs = new JobService(limits, parts.reportMistake);
  const inventory = new InventoryService({ hosts, hypervisor, ...parts.inventory });
  inventory.onRead((host, read, beganAt) => void jobs.hostRead(host, read, beganAt));
  jobs.onSettled(({ host, state, vm_id }) => {
    if (vm_id !== null) inventory.forgetDisks(vm_id);
    const refresh = () => void inventory.refresh(host);
    refresh();
    // This read may come too early to say how the operation ended.
    if (state === "unknown") setTimeout(refresh, limits.settleMs).unref();
  });

  const preflight = new Preflight(inventory, jobs);
  const shared = { jobs, hypervisor, inventory, preflight };
  const vms = new VmService(shared);
  const disks = new DiskService(shared);
  const nics = new NicService(shared);
  const settings = parts.initialization;
  const initializations = new InitializationService({ ...shared, schemas, validators, settings });
  const steps = { vms, disks, nics, initializations };
  const stepParts = { schemas, hypervisor, preflight, ...steps };
  const deployments = new ManagedDeploymentService({ jobs, ...stepParts });
  const unfinished = new UnfinishedDeployments({ jobs, inventory, ...stepParts });
  const checks = new HostCheckService({ hosts, jobs, hypervisor, ...parts.checks });
  return { jobs, inventory, ...steps, deployments, unfinished, checks };
}
