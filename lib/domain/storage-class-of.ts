import type { StorageClassRecord } from "./inventory";

/** The storage class whose folder a file lies in, the innermost where there are several; null: in none. */
export function storageClassOf(
  path: string,
  classes: readonly StorageClassRecord[],
): StorageClassRecord | null {
  const file = path.toLowerCase();
  const holding = classes.filter((storage) => file.startsWith(folderOf(storage)));
  return holding.sort((a, b) => folderOf(b).length - folderOf(a).length)[0] ?? null;
}

/** Windows paths are alike whatever their case; the last backslash keeps `VMs` from holding `VMs2`. */
function folderOf({ path }: StorageClassRecord): string {
  return `${path.toLowerCase().replace(/\\+$/, "")}\\`;
}
