import { useJobStart } from "@/lib/client/use-job-start";
import { powerVm } from "@/lib/client/vm-changes";
import type { VmView } from "@/lib/domain/inventory";
import type { PowerAction } from "@/lib/domain/power-actions";

export interface Power {
  /** A request is on its way. */
  pending: boolean;
  /** Why the last one was not taken; null: it was. */
  failure: unknown;
  act: (action: PowerAction) => void;
}

/** Power actions on a VM: each is a job. What state it is in by then its host says. */
export function usePower(vm: Pick<VmView, "vm_id" | "vm_name"> | undefined): Power {
  const { pending, failure, run } = useJobStart(vm?.vm_id ?? "");
  return {
    pending,
    failure,
    act(action) {
      if (vm === undefined) return;
      void run(action, (key) => powerVm(vm.vm_id, action, key));
    },
  };
}
