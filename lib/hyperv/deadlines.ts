/**
 * How long one agent call may run on its host, in seconds, counted from the moment it leaves the
 * queue. Each is longer than anything that the agent itself waits for.
 */
export interface Deadlines {
  vm_create: number;
  vm_update: number;
  /** Its files, and what all VMs of the host use, are read before. */
  vm_delete: number;
  /** Longer than an agent waits for a guest that shuts down: 300 s. */
  vm_power: number;
  vm_cluster: number;
  /** Long enough to copy the largest image over a slow volume. */
  disk_create: number;
  /** Long enough to write a fixed disk's new part over a slow volume. */
  disk_update: number;
  disk_delete: number;
  nic_create: number;
  nic_update: number;
  nic_delete: number;
  /** Any one call of the initialization agent but `status`. */
  initialization: number;
  /** One VM, or one guest's state. */
  read: number;
  /** A whole host, or the files that its VMs use. */
  inventory: number;
  /** What the agents need on a host; the whole check of it. */
  host_check: number;
}

export type DeadlineName = keyof Deadlines;
