import { CodeText } from "@/components/ui/code-text";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import type { Problem } from "./document";

interface ProblemTableProps {
  caption: string;
  problems: readonly Problem[];
}

export function ProblemTable({ caption, problems }: ProblemTableProps) {
  const head = (
    <>
      <Th>Code</Th>
      <Th>Status</Th>
      <Th>Meaning</Th>
      <Th>What to do</Th>
    </>
  );
  return (
    <Table caption={caption} head={head}>
      {problems.map(({ code, status, title, next }) => (
        <tr key={code}>
          <RowHeader className="font-mono text-xs">{code}</RowHeader>
          <Td>{status}</Td>
          <Td className="min-w-40">
            <CodeText text={title} />
          </Td>
          <Td className="min-w-56">
            <CodeText text={next} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
