import { VisibleText } from "@/components/shared/visible-text";
import { CodeText } from "@/components/ui/code-text";
import { errorId } from "@/components/ui/field";
import { RadioChoices } from "@/components/ui/radio-list";
import type { Deletion } from "@/lib/client/vm-changes";
import { formatBytes } from "@/lib/domain/amounts";
import type { PlannedFile } from "@/lib/domain/deletion";
import type { DeletionChoice } from "./deletion-problems";

interface DeletionFilesProps {
  id: string;
  plan: Deletion["plan"];
  value: DeletionChoice["files"];
  error: string | undefined;
  onChange: (value: "keep" | "delete") => void;
}

const OF_ONE = [
  { value: "keep", label: "Keep it", hint: "It stays where it is, and no VM uses it any more." },
  { value: "delete", label: "Delete it", hint: "What is on it is lost." },
] as const;
const OF_MANY = [
  { value: "keep", label: "Keep them", hint: "They stay where they are, and no VM uses them any more." },
  { value: "delete", label: "Delete them", hint: "What is on them is lost." },
] as const;

/** Every file that would go with the VM, and whether they shall. */
export function DeletionFiles({ id, plan, value, error, onChange }: DeletionFilesProps) {
  const { files, next } = plan;
  if (files.length === 0) return <p>It has no files that would go with it.</p>;
  const choices = files.length === 1 ? OF_ONE : OF_MANY;
  return (
    <fieldset
      id={id}
      aria-describedby={errorId(id)}
      aria-invalid={error !== undefined || undefined}
      className="min-w-0"
    >
      <legend className="mb-1 font-medium">
        {files.length === 1 ? "Its file" : `Its ${files.length} files`}
      </legend>
      <ul aria-label="Files" className="divide-y divide-line rounded-md border border-line">
        {files.map((file) => (
          <li key={file.path} className="px-3 py-1.5">
            <PlannedFileText file={file} />
          </li>
        ))}
      </ul>
      {next === null ? null : (
        <p className="mt-1 text-warn">
          <CodeText text={next} />
        </p>
      )}
      <div className="mt-2">
        <RadioChoices id={id} choices={choices} value={value} onChange={onChange} />
      </div>
      <p id={errorId(id)} aria-live="polite" className="text-bad">
        {error}
      </p>
    </fieldset>
  );
}

/** A file that would go: where it is, what it is, and why it cannot. */
export function PlannedFileText({
  file: { path, kind, size_bytes, deletable, reason },
}: {
  file: PlannedFile;
}) {
  return (
    <>
      <span className="font-mono text-xs [overflow-wrap:anywhere]">
        <VisibleText text={path} />
      </span>
      <span className="block text-muted text-xs">
        {kind === "media" ? "copy of the provisioning media" : "disk"}
        {size_bytes === null ? "" : ` · ${formatBytes(size_bytes)}`}
      </span>
      {deletable ? null : (
        <span className="block text-bad text-xs">
          Cannot be deleted: <CodeText text={reason ?? "its host does not say why."} />
        </span>
      )}
    </>
  );
}
