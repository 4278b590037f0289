import { useEffect, useMemo, useState } from "react";
import { type Deletion, planDeletion } from "@/lib/client/vm-changes";
import type { AskedVm } from "./bulk-deletion";
import type { BulkVm } from "./bulk-plan";

/** So many hosts are asked at once. */
const AT_ONCE = 4;

type Answer = Pick<AskedVm, "deletion" | "failure">;
const NOTHING_YET: Answer = { deletion: null, failure: null };

/** Asks for each VM what deleting it would do; anew with each `round`. */
export function useDeletionPlans(
  vms: readonly BulkVm[],
  round: number,
): { asked: readonly AskedVm[]; answered: number } {
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks for everything again
  useEffect(() => {
    let over = false;
    setAnswers(new Map());
    const waiting = vms.map(({ vm }) => vm.vm_id);
    const work = async () => {
      for (let vmId = waiting.shift(); vmId !== undefined && !over; vmId = waiting.shift()) {
        const id = vmId;
        const answer = await ask(id);
        if (!over) setAnswers((before) => new Map(before).set(id, answer));
      }
    };
    for (let n = 0; n < AT_ONCE; n += 1) void work();
    return () => {
      over = true;
    };
  }, [vms, round]);
  const asked = useMemo(
    () => vms.map((each) => ({ ...each, ...(answers.get(each.vm.vm_id) ?? NOTHING_YET) })),
    [vms, answers],
  );
  return { asked, answered: answers.size };
}

async function ask(vmId: string): Promise<Answer> {
  try {
    const deletion: Deletion = await planDeletion(vmId);
    return { deletion, failure: null };
  } catch (failure) {
    return { deletion: null, failure };
  }
}
