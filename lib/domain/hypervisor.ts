import type { DeletedDisk, DeletedVm, DeletionPlan, DiskDeletion, NodeFileUse, VmDeletion } from "./deletion";
import type { FieldValues } from "./field-values";
import type { HostFindings } from "./host-check";
import type { HostInventory, KnownDisk, RefreshCost, VmRecord, VmState } from "./inventory";
import type { LogLevel } from "./job";
import type { JsonObject } from "./json";
import type { PowerAction } from "./power-actions";
import type { Secret } from "./secret";

/** What the guest is told: KVP name (without `hlvmm.data.`) to plaintext, a {@link Secret} where its field is one. */
export type GuestConfig = ReadonlyMap<string, string | Secret>;

/** What the agents keep in the VM's Notes, so that an unfinished deployment can be found from Hyper-V alone. */
export interface DeploymentContext {
  deployment_id: string;
  /** 1, 2, 3 … of `steps`. */
  step: number;
  steps: number;
  /** When the deployment began, UTC, ISO 8601; absent: nobody knows any more. */
  since?: string;
  /** Who asked for it; absent: nobody knows any more. */
  actor?: string;
  /** The deployment's request without its secrets. */
  request: JsonObject;
}

/** What goes with every call of an agent: whose it is, where its words go, and until when. */
export interface CallContext {
  job_id: string;
  /** The managed deployment that the call is a step of; null: none. */
  deployment: DeploymentContext | null;
  log: (level: LogLevel, text: string) => void;
  /** Called when the call leaves the host's queue: until then its job is `queued`. */
  started: () => void;
  /** Aborted when the job is canceled: the command on the host is terminated. */
  signal: AbortSignal;
}

/** The `job_id` of calls that belong to no job. */
const NO_JOB = "read";

/** What goes with a read that belongs to no job. */
export function readCall(signal: AbortSignal): CallContext {
  return { job_id: NO_JOB, deployment: null, log: () => {}, started: () => {}, signal };
}

export interface CreatedVm {
  vm_id: string;
  vm_name: string;
}

export interface CreatedDisk {
  disk_id: string;
  path: string;
  size_gb: number;
}

export interface CreatedNic {
  nic_id: string;
  adapter_name: string;
  /** null: dynamic, given at first start. */
  mac_address: string | null;
}

export interface InitializationBegun {
  vm_name: string;
  /** SHA-256 (hex) of the public key that stood in KVP before power-on; null: none did. */
  stale_key_fingerprint: string | null;
}

export interface GuestStatus {
  vm_state: string;
  /** What the host has told the guest last: `waitingforpublickey`, `provisioningdatapublished`; null: nothing. */
  host_state: string | null;
  /** `waitingforaeskey`, `applying`, `provisioningapplied`, `provisioningfailed`; null: nothing yet. */
  guest_state: string | null;
  /** SHA-256 (hex) of the guest's public key; null: none. */
  key_fingerprint: string | null;
  guest_error: string | null;
}

/**
 * A Hyper-V host as the rest of AetherV sees it. Every method is one agent call: it waits its turn
 * in the host's queue, runs, and gives the agent's outputs.
 *
 * @throws AethervError with a code that the agent or the transport chose, from every method. After `contact_lost` and
 *   `deadline_exceeded` the outcome of a mutation is unknown: it is never sent again.
 */
export interface Hypervisor {
  createVm(host: string, spec: FieldValues, call: CallContext): Promise<CreatedVm>;
  readVm(host: string, vmId: string, call: CallContext): Promise<VmRecord>;
  /** @param changes the fields to change, no others. */
  updateVm(host: string, vmId: string, changes: FieldValues, call: CallContext): Promise<CreatedVm>;
  /** What {@link deleteVm} would do now; changes nothing. */
  planVmDeletion(
    host: string,
    vmId: string,
    otherNodes: readonly NodeFileUse[],
    call: CallContext,
  ): Promise<DeletionPlan>;
  deleteVm(host: string, vmId: string, deletion: VmDeletion, call: CallContext): Promise<DeletedVm>;
  /** Gives the state that the VM is in afterwards. `shutdown` waits until the guest has ended. */
  powerVm(host: string, vmId: string, action: PowerAction, call: CallContext): Promise<VmState>;
  /** Gives the cluster's name. */
  addToCluster(host: string, vmId: string, call: CallContext): Promise<string>;
  removeFromCluster(host: string, vmId: string, call: CallContext): Promise<void>;
  createDisk(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedDisk>;
  updateDisk(
    host: string,
    vmId: string,
    diskId: string,
    changes: FieldValues,
    call: CallContext,
  ): Promise<CreatedDisk>;
  deleteDisk(
    host: string,
    vmId: string,
    diskId: string,
    deletion: DiskDeletion,
    call: CallContext,
  ): Promise<DeletedDisk>;
  createNic(host: string, vmId: string, spec: FieldValues, call: CallContext): Promise<CreatedNic>;
  updateNic(
    host: string,
    vmId: string,
    nicId: string,
    changes: FieldValues,
    call: CallContext,
  ): Promise<CreatedNic>;
  deleteNic(host: string, vmId: string, nicId: string, call: CallContext): Promise<void>;
  beginInitialization(
    host: string,
    request: InitializationRequest,
    call: CallContext,
  ): Promise<InitializationBegun>;
  guestStatus(host: string, vmId: string, call: CallContext): Promise<GuestStatus>;
  /** The only call that carries guest configuration. Encrypts for the key with this fingerprint, no other. */
  publishGuestConfig(
    host: string,
    request: InitializationRequest,
    keyFingerprint: string,
    guestConfig: GuestConfig,
    call: CallContext,
  ): Promise<void>;
  /** Tells the guest that everything stands there: `provisioningdatapublished`. */
  announceGuestConfig(host: string, vmId: string, call: CallContext): Promise<void>;
  /** Removes every secret item from KVP, and what else `stage` says. Safe to call any number of times. */
  finishInitialization(host: string, vmId: string, stage: ExchangeStage, call: CallContext): Promise<void>;
  /** @param known disks whose files the host need not open. */
  readInventory(host: string, known: readonly KnownDisk[], signal: AbortSignal): Promise<InventoryRead>;
  /** Which files the VMs of the host use: read of every other node before a file on shared storage is deleted. */
  readFileUse(host: string, call: CallContext): Promise<NodeFileUse>;
  /** What the host has of all that agents need, with its account. */
  checkHost(host: string, call: CallContext): Promise<HostFindings>;
}

/** A host's answer, and what it cost on the wire. */
export interface InventoryRead extends Pick<RefreshCost, "round_trips" | "received_bytes"> {
  inventory: HostInventory;
}

/**
 * How far the exchange with a guest is: it has read its values (`read`), it has reported
 * `provisioningapplied`, so that the marker in the VM's Notes may shrink (`completed`), or the exchange ended
 * without that (`ended`). After the last two the provisioning media are taken out.
 */
export type ExchangeStage = "read" | "completed" | "ended";

export interface InitializationRequest {
  vm_id: string;
  os_family: string;
  /** `hlvmm.meta.version`: must equal the version that the guest image was built with. */
  meta_version: string;
  /** Go on although the VM was initialized before. */
  force: boolean;
}
