import { Empty } from "@/components/ui/empty";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { formatBytes } from "@/lib/domain/amounts";
import type { ImageRecord } from "@/lib/domain/inventory";

/** Golden images that a host can clone disks from. */
export function HostImages({ images }: { images: readonly ImageRecord[] }) {
  if (images.length === 0) {
    return (
      <Empty title="No images">
        The host's resources file names none, and there are none in a DiskImages folder of its volumes.
      </Empty>
    );
  }
  return (
    <Table
      caption="Images"
      head={
        <>
          <Th>Name</Th>
          <Th>OS family</Th>
          <Th>Description</Th>
          <Th className="text-right">Smallest disk</Th>
          <Th className="text-right">File</Th>
        </>
      }
    >
      {images.map(({ name, os_family, description, size_gb, file_bytes }) => (
        <tr key={name}>
          <RowHeader>{name}</RowHeader>
          <Td>{os_family ?? <span className="text-muted">any</span>}</Td>
          <Td className="min-w-48 text-muted">{description}</Td>
          <Td className="whitespace-nowrap text-right">
            {size_gb === null ? "unreadable" : `${size_gb} GB`}
          </Td>
          <Td className="whitespace-nowrap text-right">
            {file_bytes === null ? "unreadable" : formatBytes(file_bytes)}
          </Td>
        </tr>
      ))}
    </Table>
  );
}
