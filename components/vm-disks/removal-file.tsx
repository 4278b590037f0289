import { CopyValue } from "@/components/shared/copy-value";
import { CodeText } from "@/components/ui/code-text";
import { errorId } from "@/components/ui/field";
import { RadioChoices } from "@/components/ui/radio-list";
import type { DiskRemoval } from "@/lib/client/vm-parts";
import { formatBytes } from "@/lib/domain/amounts";
import type { RemovalChoice } from "./removal-problems";

interface RemovalFileProps {
  id: string;
  removal: DiskRemoval;
  value: RemovalChoice["file"];
  error: string | undefined;
  onChange: (value: "keep" | "delete") => void;
}

const CHOICES = [
  { value: "keep", label: "Keep it", hint: "It stays where it is, and no VM uses it any more." },
  { value: "delete", label: "Delete it", hint: "What is on it is lost." },
] as const;

/** The file of a disk that is removed, and whether it shall go, too. */
export function RemovalFile({ id, removal, value, error, onChange }: RemovalFileProps) {
  const { disk, file, next } = removal;
  return (
    <fieldset
      id={id}
      aria-describedby={errorId(id)}
      aria-invalid={error !== undefined || undefined}
      className="min-w-0"
    >
      <legend className="mb-1 font-medium">Its file</legend>
      <div className="rounded-md border border-line px-3 py-1.5">
        <CopyValue what="the path" text={disk.path} mono />
        {disk.file_bytes === null ? null : (
          <span className="block text-muted text-xs">takes {formatBytes(disk.file_bytes)}</span>
        )}
        {file === null || file.deletable ? null : (
          <span className="block text-bad text-xs">
            Cannot be deleted: <CodeText text={file.reason ?? "its host does not say why."} />
          </span>
        )}
      </div>
      {next === null ? null : (
        <p className="mt-1 text-warn">
          <CodeText text={next} />
        </p>
      )}
      <div className="mt-2">
        <RadioChoices id={id} choices={CHOICES} value={value} onChange={onChange} />
      </div>
      <p id={errorId(id)} aria-live="polite" className="text-bad">
        {error}
      </p>
    </fieldset>
  );
}
