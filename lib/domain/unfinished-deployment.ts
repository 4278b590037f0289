import { readMarker } from "./deployment-marker";
import type { NicRecord, VmState, VmView } from "./inventory";
import type { CreatedResource } from "./job";
import type { JsonObject, JsonValue } from "./json";

/** The steps of a managed deployment in their order; `cluster` only where the VM is to be a role of its cluster. */
export const DEPLOYMENT_STEPS = ["vm", "disk", "nic", "initialization", "cluster"] as const;
export type DeploymentStep = (typeof DEPLOYMENT_STEPS)[number];

/** A managed deployment that nobody carries on with: its VM's Notes say how far it came. */
export interface UnfinishedDeployment {
  deployment_id: string;
  vm_id: string;
  vm_name: string;
  host: string;
  state: VmState;
  /** The last step that it began. */
  step: DeploymentStep;
  /** That step's number, and of how many. */
  progress: { step: number; steps: number };
  /** What is there: the VM, and the disks and adapters that it has now. */
  exists: CreatedResource[];
  /** The VHDX that it was about to create and that is in no drive: half of it may be there. null: none. */
  half_made_disk: string | null;
  /**
   * Steps whose work is not seen to be done. `vm` is one while the next step has not begun: the VM is there, how far it
   * is set up is not known. `initialization` is among them until the role in the cluster was begun:
   * whether the guest has been configured all the same, the guest says when it is asked.
   */
  missing: DeploymentStep[];
  /** The request as it came, without its secrets. */
  request: JsonObject;
  /** When it began, UTC; null: its Notes do not say. */
  since: string | null;
  /** Who asked for it; null: its Notes do not say. */
  actor: string | null;
  /** Fields of the request that have to stay as they are when it is continued: what they ask for is there. */
  fixed_fields: string[];
}

/**
 * What a VM's Notes tell of an unfinished deployment; null: they tell of none.
 * @param fixedBy the fields that can no longer be changed, given what is missing
 */
export function unfinishedDeployment(
  vm: VmView,
  fixedBy: (missing: readonly DeploymentStep[]) => string[],
): UnfinishedDeployment | null {
  const marker = readMarker(vm.notes);
  const step = marker?.progress == null ? undefined : DEPLOYMENT_STEPS[marker.progress.step - 1];
  if (marker?.progress == null || marker.request === null || step === undefined) return null;
  const { vm_id, vm_name, host, state, disks, nics, cluster_role } = vm;
  const { disk_path } = marker;
  const isAttached = disks.some(({ path }) => isSamePath(path, disk_path));
  const isMissing: Record<DeploymentStep, boolean> = {
    // Marked as soon as it was there: how far its setting up came, nothing says.
    vm: step === "vm",
    disk: disks.length === 0,
    nic: nics.length === 0 || step === "vm" || (step === "nic" && !isConnected(nics, marker.request.network)),
    initialization: step !== "cluster",
    cluster: marker.progress.steps === DEPLOYMENT_STEPS.length && cluster_role === null,
  };
  const missing = DEPLOYMENT_STEPS.filter((each) => isMissing[each]);
  return {
    deployment_id: marker.deployment_id,
    vm_id,
    vm_name,
    host,
    state,
    step,
    progress: marker.progress,
    exists: [
      { kind: "vm", id: vm_id, name: vm_name, host },
      ...disks.map(({ disk_id, path }): CreatedResource => {
        return { kind: "disk", id: disk_id ?? path, name: path.split("\\").at(-1) ?? path, host, path };
      }),
      ...nics.map(({ nic_id, adapter_name }): CreatedResource => {
        return { kind: "nic", id: nic_id, name: adapter_name, host };
      }),
    ],
    half_made_disk: isAttached ? null : disk_path,
    missing,
    request: marker.request,
    since: marker.since,
    actor: marker.actor,
    fixed_fields: fixedBy(missing),
  };
}

/** Disks of the VM that the deployment did not make. */
export function foreignDisks(vm: VmView): string[] {
  const made = readMarker(vm.notes)?.disk_path ?? null;
  return vm.disks.map(({ path }) => path).filter((path) => !isSamePath(path, made));
}

/** An adapter is there before it is in its network's VLAN. */
function isConnected(nics: readonly NicRecord[], network: JsonValue | undefined): boolean {
  const wanted = typeof network === "string" ? network.toLowerCase() : null;
  return nics.some((nic) => nic.network?.toLowerCase() === wanted);
}

function isSamePath(path: string, other: string | null): boolean {
  return path.toLowerCase() === other?.toLowerCase();
}
