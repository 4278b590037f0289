import { CopyValue } from "@/components/shared/copy-value";
import { Facts } from "@/components/ui/facts";
import { formatBytes } from "@/lib/domain/amounts";
import type { DiskRecord, VmView } from "@/lib/domain/inventory";

interface DiskNowProps {
  disk: DiskRecord;
  vm: Pick<VmView, "state" | "generation">;
}

/** How a disk is before it grows, and what one must know of growing it. */
export function DiskNow({ disk: { path, size_bytes: size, file_bytes: file }, vm }: DiskNowProps) {
  return (
    <div className="space-y-2">
      <Facts
        layout="rows"
        facts={[
          { term: "File", value: <CopyValue what="the path" text={path} mono /> },
          { term: "Size now", value: size === null ? "could not be read" : formatBytes(size) },
          ...(file === null ? [] : [{ term: "Takes on its volume", value: formatBytes(file) }]),
        ]}
      />
      {vm.state === "off" ? null : <p className="text-muted">{whileItRuns(vm.generation)}</p>}
    </div>
  );
}

function whileItRuns(generation: number): string {
  return generation === 1
    ? "The VM keeps running while a disk on a SCSI controller grows; for one on an IDE controller it must be off, and the job says so."
    : "The VM keeps running meanwhile.";
}
