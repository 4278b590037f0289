import { CopyValue } from "@/components/shared/copy-value";
import { Meter } from "@/components/ui/meter";
import { RowMenu } from "@/components/ui/row-menu";
import { ActionsCell, ActionsTh, RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { SubjectDialog } from "@/components/ui/use-subject-dialog";
import { unavailable } from "@/components/vm-actions/unavailable";
import { formatBytes } from "@/lib/domain/amounts";
import { distinctName } from "@/lib/domain/distinct-names";
import type { DiskRecord, HostView, VmView } from "@/lib/domain/inventory";
import { storageClassOf } from "@/lib/domain/storage-class-of";
import { visibleText } from "@/lib/domain/visible-text";
import { VM_ACTIONS } from "@/lib/domain/vm-actions";
import type { DiskSubject } from "./disk-dialog";
import { fileNameOf } from "./file-name";

interface DiskTableProps {
  vm: VmView;
  host: HostView | undefined;
  show: SubjectDialog<DiskSubject>["show"];
}

/** A VM's disks, where their files lie, and what can be done with each. */
export function DiskTable({ vm, host, show }: DiskTableProps) {
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
          <ActionsTh />
        </>
      }
    >
      {vm.disks.map((disk) => (
        <DiskRow key={disk.path} vm={vm} disk={disk} host={host} show={show} />
      ))}
    </Table>
  );
}

interface DiskRowProps extends DiskTableProps {
  disk: DiskRecord;
}

function DiskRow({ vm, disk, host, show }: DiskRowProps) {
  const { path, size_bytes: size, file_bytes: file, disk_id } = disk;
  const storage = storageClassOf(path, host?.record?.storage_classes ?? []);
  const name = distinctName(
    disk,
    vm.disks,
    (each) => fileNameOf(each.path),
    (each) => each.path,
  );
  return (
    <tr>
      <RowHeader className="min-w-72 font-normal">
        <CopyValue what={`the path of ${visibleText(name)}`} text={path} mono />
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
            label={`File of ${visibleText(name)}`}
            used={file}
            total={size}
            text={`${formatBytes(file)} of ${formatBytes(size)}`}
          />
        )}
      </Td>
      <Td className="min-w-52">
        {disk_id === null ? (
          <Unread />
        ) : (
          <CopyValue what={`the id of ${visibleText(name)}`} text={disk_id} mono />
        )}
      </Td>
      <ActionsCell>
        <RowMenu
          label={visibleText(name)}
          actions={(["grow", "remove"] as const).map((kind) => ({
            label: VM_ACTIONS[`disk_${kind}`].label,
            tone: kind === "remove" ? "danger" : "plain",
            unavailable: disk_id === null ? UNREADABLE : unavailable(`disk_${kind}`, vm),
            onSelect: (from) => show({ kind, diskId: disk_id ?? "", name }, from),
          }))}
        />
      </ActionsCell>
    </tr>
  );
}

const UNREADABLE = "Its file could not be read: nobody can say which disk it is.";

function Unread() {
  return <span className="text-warn">could not be read</span>;
}
