import { CopyValue } from "@/components/shared/copy-value";
import { Empty } from "@/components/ui/empty";
import { Meter } from "@/components/ui/meter";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { formatBytes } from "@/lib/domain/amounts";
import type { DiskRecord, HostView, VmView } from "@/lib/domain/inventory";
import { visibleText } from "@/lib/domain/visible-text";
import { storageClassOf } from "./storage-class-of";

/** A VM's virtual disks, and where their files lie. */
export function VmDisks({ vm, host }: { vm: VmView; host: HostView | undefined }) {
  if (vm.disks.length === 0) return <Empty title="No disks">The VM has no virtual hard disk.</Empty>;
  return (
    <Table
      caption="Disks"
      head={
        <>
          <Th>File</Th>
          <Th>Storage class</Th>
          <Th className="text-right">Size</Th>
          <Th className="w-40 text-right">File size</Th>
          <Th>Disk id</Th>
        </>
      }
    >
      {vm.disks.map((disk) => (
        <DiskRow key={disk.path} disk={disk} host={host} />
      ))}
    </Table>
  );
}

function DiskRow({ disk, host }: { disk: DiskRecord; host: HostView | undefined }) {
  const { path, size_bytes: size, file_bytes: file, disk_id } = disk;
  const storage = storageClassOf(path, host?.record?.storage_classes ?? []);
  return (
    <tr>
      <RowHeader className="min-w-72 font-normal">
        <CopyValue what={`the path of ${nameOf(path)}`} text={path} mono />
        {/\.avhdx$/i.test(path) ? (
          <span className="block text-muted text-xs">of a checkpoint: changes since it was taken</span>
        ) : null}
      </RowHeader>
      <Td className="whitespace-nowrap">
        {storage === null ? (
          <span className="text-muted">{host?.record ? "in none" : "not known"}</span>
        ) : (
          <>
            {storage.name}
            {storage.free_bytes === null ? null : (
              <span className="block text-muted text-xs">{formatBytes(storage.free_bytes)} free</span>
            )}
          </>
        )}
      </Td>
      <Td className="whitespace-nowrap text-right">{size === null ? <Unread /> : formatBytes(size)}</Td>
      <Td className="whitespace-nowrap text-right">
        {file === null ? <Unread /> : formatBytes(file)}
        {file === null || size === null ? null : (
          <Meter
            label={`File of ${nameOf(path)}`}
            used={file}
            total={size}
            text={`${formatBytes(file)} of ${formatBytes(size)}`}
          />
        )}
      </Td>
      <Td className="min-w-52">
        {disk_id === null ? <Unread /> : <CopyValue what={`the id of ${nameOf(path)}`} text={disk_id} mono />}
      </Td>
    </tr>
  );
}

function Unread() {
  return <span className="text-warn">could not be read</span>;
}

function nameOf(path: string): string {
  return visibleText(path.split("\\").at(-1) ?? path);
}
