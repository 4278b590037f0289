import type { PlannedFile } from "@/lib/domain/deletion";
import { isTypedAs, visibleText } from "@/lib/domain/visible-text";

/** What one says before a disk is removed. */
export interface RemovalChoice {
  /** null: not chosen yet. */
  file: "keep" | "delete" | null;
  /** The name of its file, typed. */
  name: string;
}

/** What is missing yet, each in a sentence. */
export interface RemovalProblems {
  file?: string;
  name?: string;
}

/** The name is asked for only where something is lost for good. */
export function removalProblems(
  fileName: string,
  planned: Pick<PlannedFile, "deletable"> | null,
  { file, name }: RemovalChoice,
): RemovalProblems {
  if (file === null) return { file: "Choose what becomes of its file." };
  if (file === "keep") return {};
  if (planned?.deletable === false) return { file: "It cannot be deleted, as is said there: keep it." };
  return isTypedAs(name, fileName) ? {} : { name: `Type the name as it is: ${visibleText(fileName)}` };
}
