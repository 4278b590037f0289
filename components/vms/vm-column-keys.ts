/** The columns of the list of VMs that one can choose, in the order of the table. */
export const COLUMN_KEYS: readonly string[] = [
  "name",
  "state",
  "host",
  "cluster",
  "cpus",
  "load",
  "memory",
  "disks",
  "networks",
  "addresses",
  "os",
  "uptime",
  "checkpoints",
  "role",
  "note",
  "as_of",
];

/** What is shown where the address names no columns. */
export const DEFAULT_COLUMNS: readonly string[] = [
  "name",
  "state",
  "host",
  "cpus",
  "load",
  "memory",
  "addresses",
  "uptime",
  "as_of",
];

export function isSortable(key: string): boolean {
  return COLUMN_KEYS.includes(key);
}
