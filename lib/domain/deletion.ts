import type { VmState } from "./inventory";

/** A file that a VM of a host needs: what stands in a drive, or what a differencing disk there stands on. */
export type FileUse = {
  vm_id: string;
  vm_name: string;
  /** What stands in the drive. */
  drive_path: string;
  path: string;
  /** Identifier of a virtual hard disk; null: it is none, or cannot be read. */
  disk_id: string | null;
  /** UTC, to the tenth of a microsecond; null: not known. */
  created: string | null;
  /** Why a disk cannot be read; null: it can. */
  problem: string | null;
};

/** What the VMs of one node use. The agent that deletes files is handed those of the other nodes of its cluster. */
export type NodeFileUse = {
  /** The node's computer name. */
  node: string;
  files: FileUse[];
};

/** A file that goes with its VM, if it may. */
export interface PlannedFile {
  path: string;
  /** `media`: the VM's own copy of the provisioning media. */
  kind: "disk" | "media";
  /** On its volume; null: not known. */
  size_bytes: number | null;
  deletable: boolean;
  /** The code and the sentence that deleting the VM with its files would fail with; null: it would not. */
  code: string | null;
  reason: string | null;
}

/** What deleting a VM would do now. */
export interface DeletionPlan {
  files: PlannedFile[];
  /** As many as it has, a VM is not deleted. */
  checkpoints: number;
  /** The name of its role in the cluster, which goes first; null: it has none. */
  cluster_role: string | null;
  state: VmState;
}

export interface VmDeletion {
  delete_files: boolean;
  /** Turn the VM off first, unless it is off. */
  turn_off: boolean;
  other_nodes: NodeFileUse[];
  /**
   * Only if the VM was left by this unfinished deployment, and has no disk but that one's; with the VHDX that it had
   * only half made.
   */
  deployment_id?: string;
}

export interface DeletedVm {
  deleted_files: string[];
  kept_files: string[];
}

export interface DiskDeletion {
  delete_file: boolean;
  other_nodes: NodeFileUse[];
}

export interface DeletedDisk {
  path: string;
  /** Whether the file is gone. */
  deleted: boolean;
}
