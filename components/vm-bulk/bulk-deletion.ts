import { refusalOfPlan } from "@/components/vm-actions/deletion-problems";
import { describeFailure } from "@/lib/client/failure";
import type { Deletion } from "@/lib/client/vm-changes";
import { counted } from "@/lib/domain/amounts";
import type { PlannedFile } from "@/lib/domain/deletion";
import { type BulkVm, type Sorted, sorted } from "./bulk-plan";

/** A VM that may be deleted, and what its host said of that: an answer, a failure, or nothing yet. */
export interface AskedVm extends BulkVm {
  deletion: Deletion | null;
  failure: unknown;
}

/** What one says once for all of the VMs. */
export interface BulkDeletionChoice {
  turnOff: boolean;
  /** null: not chosen yet. */
  files: "keep" | "delete" | null;
  /** What was typed to confirm. */
  typed: string;
}

export interface BulkDeletionProblems {
  files?: string;
  typed?: string;
}

/** Which of them are deleted by this choice, and why the others are left out. */
export function deletionsOf(
  asked: readonly AskedVm[],
  { turnOff, files }: Pick<BulkDeletionChoice, "turnOff" | "files">,
): Sorted<AskedVm> {
  return sorted(asked, ({ deletion, failure }) => {
    if (deletion === null) return failure === null ? "Its host has not said yet." : whyUnasked(failure);
    const { plan } = deletion;
    const refusal = refusalOfPlan(plan);
    if (refusal !== null) return refusal;
    if (plan.state !== "off" && !turnOff) return `It is ${plan.state}: only a VM that is off can be deleted.`;
    return files === "delete" ? whyFilesStay(plan.files) : null;
  });
}

/** What is missing yet, each in a sentence. */
export function problemsOf(
  { able }: Sorted<AskedVm>,
  { files, typed }: BulkDeletionChoice,
): BulkDeletionProblems {
  const some = able.some(({ deletion }) => (deletion?.plan.files.length ?? 0) > 0);
  const wanted = confirmation(able.length);
  return {
    ...(some && files === null ? { files: "Choose what becomes of their files." } : {}),
    ...(typed.trim().toLowerCase() === wanted.toLowerCase() ? {} : { typed: `Type it as it is: ${wanted}` }),
  };
}

/** What is typed before so many VMs are deleted. */
export function confirmation(count: number): string {
  return `delete ${counted(count, "VM")}`;
}

function whyUnasked(failure: unknown): string {
  const { title, detail } = describeFailure(failure);
  return `What would go with it could not be read. ${detail || title}`;
}

function whyFilesStay(files: readonly PlannedFile[]): string | null {
  const first = files.find(({ deletable }) => !deletable);
  if (first === undefined) return null;
  return `A file of it cannot be deleted, and it goes only with its files: ${first.reason ?? first.path}`;
}
