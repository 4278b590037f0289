/**
 * How long one agent call may run on its host, in seconds, counted from the moment it leaves the
 * queue. Each is longer than anything that the agent itself waits for.
 */
export interface Deadlines {
  vm_create: number;
  /** Long enough to copy the largest image over a slow volume. */
  disk_create: number;
  nic_create: number;
  /** Any one call of the initialization agent but `status`. */
  initialization: number;
  /** One VM, or one guest's state. */
  read: number;
  inventory: number;
}

export type DeadlineName = keyof Deadlines;
