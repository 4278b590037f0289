import type { ShownRequest } from "@/components/shared/request-texts";
import { RequestTextsFold } from "@/components/shared/request-texts-fold";
import { visibleText } from "@/lib/domain/visible-text";
import type { BulkVm } from "./bulk-plan";

interface SampleRequestProps {
  vms: readonly BulkVm[];
  requestOf: (vmId: string) => ShownRequest;
}

/** The request about the first of the VMs, for a script: each of the others has one of its own. */
export function SampleRequest({ vms: [first, ...others], requestOf }: SampleRequestProps) {
  if (first === undefined) return null;
  return (
    <div>
      <RequestTextsFold request={requestOf(first.vm.vm_id)} />
      {others.length === 0 ? null : (
        <p className="text-muted text-xs">
          It is the one for {visibleText(first.vm.vm_name)}: each VM gets one of its own.
        </p>
      )}
    </div>
  );
}
