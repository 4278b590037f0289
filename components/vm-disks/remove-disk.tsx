"use client";

import useSWR from "swr";
import { FailureAlert } from "@/components/shared/failure-alert";
import { LoadingRows } from "@/components/ui/loading";
import { planDiskRemoval } from "@/lib/client/vm-parts";
import type { VmView } from "@/lib/domain/inventory";
import { RemovalForm } from "./removal-form";

interface RemoveDiskProps {
  vm: VmView;
  diskId: string;
  onDone: (taken: boolean) => void;
}

/** A disk is taken out of its VM; what becomes of its file is asked, of its host too, when this is opened. */
export function RemoveDisk({ vm, diskId, onDone }: RemoveDiskProps) {
  const key = ["disk-removal", vm.vm_id, diskId];
  const { data, error, isValidating, mutate } = useSWR(key, () => planDiskRemoval(vm.vm_id, diskId), {
    revalidateOnFocus: false,
    revalidateOnReconnect: false,
    shouldRetryOnError: false,
    dedupingInterval: 0,
  });
  if (error) {
    return <FailureAlert failure={error} title="The disk could not be read" onRetry={() => void mutate()} />;
  }
  // An earlier answer is not shown again: the disk may be another one by now.
  if (data === undefined || isValidating) {
    return <LoadingRows label="Asking the host about the disk" rows={4} />;
  }
  return <RemovalForm vm={vm} removal={data} onLookAgain={() => void mutate()} onDone={onDone} />;
}
