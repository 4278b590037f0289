import { whyUnavailable } from "@/components/vm-actions/vm-action";
import { readMarker } from "@/lib/domain/deployment-marker";
import type { HostView, VmView } from "@/lib/domain/inventory";
import type { JobView } from "@/lib/domain/job";
import { storageClassOf } from "@/lib/domain/storage-class-of";
import { visibleText } from "@/lib/domain/visible-text";

/** Why a VM cannot be made a role of its host's cluster, in a sentence; undefined: nothing that is known speaks against it. */
export function whyNotAdded(vm: VmView, host: HostView | undefined): string | undefined {
  return whyUnavailable("cluster_add", vm) ?? whyNotShared(vm, host);
}

/** A file that only this host reaches would keep the VM from starting on another one. */
function whyNotShared({ disks }: Pick<VmView, "disks">, host: HostView | undefined): string | undefined {
  const classes = host?.record?.storage_classes ?? [];
  for (const { path } of disks) {
    const storage = storageClassOf(path, classes);
    if (storage === null || storage.shared) continue;
    return `Its disk ${visibleText(path)} is in the storage class ${storage.name}, which is not on a cluster shared volume: move it to one first.`;
  }
  return undefined;
}

/** What its deployment asked of clustering, in words, as far as its notes or a job that is kept tell it; null: they do not. */
export function askedOf({ notes }: Pick<VmView, "notes">, jobs: readonly JobView[]): string | null {
  const deployment = jobs.find(({ kind }) => kind === "managed_deployment");
  const asked =
    readMarker(notes)?.request?.cluster_preference ?? deployment?.request.cluster_preference ?? null;
  return typeof asked === "string" ? (PREFERENCES.get(asked) ?? null) : null;
}

const PREFERENCES = new Map([
  ["none", "to stay on its host"],
  ["preferred", "preferred: to be clustered if the host can"],
  ["required", "required: to be clustered, or not to be made"],
]);
