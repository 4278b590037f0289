import { counted } from "@/lib/domain/amounts";
import { AethervError } from "@/lib/domain/errors";
import { type FieldValues, textField } from "@/lib/domain/field-values";
import type { VmView } from "@/lib/domain/inventory";
import { foreignDisks, type UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import type { Preflight } from "@/lib/provisioning/preflight";
import { type Refusal, refuse } from "@/lib/provisioning/refusal";
import type { SchemaSet } from "@/lib/schema/schema-set";
import { changedFixedFields } from "./fixed-fields";

/** A deployment that was left unfinished, with its VM as it is known now. */
export interface LeftDeployment {
  vm: VmView;
  deployment: UnfinishedDeployment;
}

/**
 * What can be said against going on with a deployment, from what its host last said.
 * @throws AethervError `vm_has_checkpoints`, `deployment_changed`, `vm_not_off`, `invalid_request`, and what the disk, the adapter and the
 *   cluster of any deployment are refused for
 */
export function checkContinuation(
  { schemas, preflight }: { schemas: SchemaSet; preflight: Preflight },
  { vm, deployment }: LeftDeployment,
  request: FieldValues,
): void {
  requireNoCheckpoints(vm);
  requireOwnParts(vm, deployment);
  requireState(vm, deployment);
  const { host, missing, half_made_disk } = deployment;
  const isMissing = (step: (typeof missing)[number]) => missing.includes(step);
  const disk = isMissing("disk") ? preflight.disk(host, request, textField(request, "os_family")) : [];
  refuse([
    ...changedFixedFields(schemas, request, deployment),
    // The half of a disk gives its room back.
    ...disk.filter(({ code }) => half_made_disk === null || code !== "storage_full"),
    ...(isMissing("nic") ? preflight.nic(host, request, ownNic(deployment)) : []),
    ...clusterRefusals(preflight, host, request),
  ]);
}

/** A cluster that is preferred can be done without. */
function clusterRefusals(preflight: Preflight, host: string, request: FieldValues): Refusal[] {
  if (textField(request, "cluster_preference") !== "required") return [];
  return preflight.clustering({ ...request, target_host: host });
}

/** A checkpoint's disk stands in the place of the one that the deployment made. */
function requireNoCheckpoints({ vm_name, checkpoints }: VmView): void {
  if (checkpoints === 0) return;
  throw new AethervError("vm_has_checkpoints", `VM ${vm_name} has ${counted(checkpoints, "checkpoint")}.`);
}

/** It goes on with what it made itself: never beside the disk or the adapter of somebody else. */
function requireOwnParts(vm: VmView, { missing, exists }: UnfinishedDeployment): void {
  const foreign = foreignDisks(vm);
  if (foreign.length > 0 && foreign.length === vm.disks.length) {
    const disks = foreign.join(", ");
    throw changed(`VM ${vm.vm_name} has a disk that its deployment did not make, and not its own: ${disks}.`);
  }
  const nics = exists.filter(({ kind }) => kind === "nic");
  if (missing.includes("nic") && nics.length > 1) {
    const names = nics.map(({ name }) => name).join(", ");
    throw changed(`VM ${vm.vm_name} has adapters that its deployment did not make: ${names}.`);
  }
}

function requireState(vm: VmView, { missing }: UnfinishedDeployment): void {
  if (vm.stale || vm.missing_since !== null || vm.state === "off") return;
  const isHardwareMissing = missing.some((step) => step === "vm" || step === "disk" || step === "nic");
  if (vm.state === "running" && !isHardwareMissing) return;
  const needed = isHardwareMissing ? "off" : "off or running";
  const message = `VM ${vm.vm_name} is ${vm.state}; its deployment goes on only while it is ${needed}.`;
  const way = vm.state === "saved" ? "Start the VM and turn it off" : "Turn the VM off";
  const next = `${way}, then send it again.`;
  throw new AethervError("vm_not_off", message, { next });
}

/** The adapter that is there without being in its network. */
function ownNic({ exists }: UnfinishedDeployment): string | null {
  return exists.find(({ kind }) => kind === "nic")?.id ?? null;
}

/** The VM is not as its deployment left it. */
export function changed(message: string): AethervError {
  return new AethervError("deployment_changed", message);
}
