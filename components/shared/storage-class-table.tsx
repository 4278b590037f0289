import { Empty } from "@/components/ui/empty";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { StorageClassRecord } from "@/lib/domain/inventory";
import { StorageSpace } from "./space";

interface StorageClassTableProps {
  /** The host or cluster that has them. */
  of: string;
  storage: readonly StorageClassRecord[];
}

export function StorageClassTable({ of, storage }: StorageClassTableProps) {
  if (storage.length === 0) {
    return <Empty title="No storage classes">The resources file of {of} names none.</Empty>;
  }
  return (
    <Table
      caption={`Storage classes of ${of}`}
      head={
        <>
          <Th>Name</Th>
          <Th className="w-72">Room</Th>
          <Th>Path</Th>
          <Th>Volume</Th>
        </>
      }
    >
      {storage.map((each) => (
        <tr key={`${each.name}/${each.path}`}>
          <RowHeader>{each.name}</RowHeader>
          <Td className="min-w-48">
            <StorageSpace storage={each} of={of} />
          </Td>
          <Td className="break-all font-mono">{each.path}</Td>
          <Td className="whitespace-nowrap text-muted">
            {each.shared ? "shared by the cluster" : "of this host alone"}
          </Td>
        </tr>
      ))}
    </Table>
  );
}
