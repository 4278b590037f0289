import type { DeletionPlan } from "@/lib/domain/deletion";
import { isTypedAs, visibleText } from "@/lib/domain/visible-text";
import { refusalOf } from "@/lib/domain/vm-actions";

/** What one says before a VM is deleted. */
export interface DeletionChoice {
  turnOff: boolean;
  /** null: not chosen yet. */
  files: "keep" | "delete" | null;
  /** The VM's name, typed. */
  name: string;
}

/** What is missing yet, each in a sentence. */
export interface DeletionProblems {
  turnOff?: string;
  files?: string;
  name?: string;
}

/** Why the VM cannot be deleted whatever one says; null: it can. */
export function refusalOfPlan({ checkpoints }: Pick<DeletionPlan, "checkpoints">): string | null {
  return refusalOf("delete", { state: "off", checkpoints });
}

export function problemsOf(
  vmName: string,
  plan: Pick<DeletionPlan, "state" | "files">,
  choice: DeletionChoice,
): DeletionProblems {
  const kept = plan.files.filter(({ deletable }) => !deletable).length;
  return {
    ...(plan.state === "off" || choice.turnOff
      ? {}
      : { turnOff: `It is ${plan.state}: only a VM that is off can be deleted.` }),
    ...filesProblem(plan.files.length, kept, choice.files),
    ...(isTypedAs(choice.name, vmName) ? {} : { name: `Type the name as it is: ${visibleText(vmName)}` }),
  };
}

function filesProblem(
  files: number,
  undeletable: number,
  chosen: DeletionChoice["files"],
): Pick<DeletionProblems, "files"> {
  if (files === 0) return {};
  if (chosen === null)
    return { files: files === 1 ? "Choose what becomes of its file." : "Choose what becomes of its files." };
  if (chosen === "keep" || undeletable === 0) return {};
  if (files === 1) return { files: "It cannot be deleted, as is said there: keep it." };
  const which = undeletable === 1 ? "One of its files" : `${undeletable} of its files`;
  return { files: `${which} cannot be deleted, as is said there: keep them.` };
}
