import { formatCount } from "@/lib/domain/amounts";

interface VcpusProps {
  /** Of the VMs that hold some. */
  committed: number;
  /** Logical processors. */
  logical: number;
}

/** In a table's cell: `12 on 32`, and their ratio below it; where a row is one line, beside it. */
export function VcpuFigures({ committed, logical, inline = false }: VcpusProps & { inline?: boolean }) {
  const ratio = vcpuRatio(committed, logical);
  return (
    <>
      {formatCount(committed)} <span className="text-muted">on</span> {formatCount(logical)}
      {inline ? (
        <span className="ml-2 inline-block min-w-10 text-muted">{ratio}</span>
      ) : (
        <div className="text-muted text-xs">{ratio}</div>
      )}
    </>
  );
}

/** Where no heading says what the figures are, with their ratio. */
export function VcpuWords({ committed, logical }: VcpusProps) {
  return (
    <>
      {vcpuSentence(committed, logical)} <span className="text-muted">{vcpuRatio(committed, logical)}</span>
    </>
  );
}

/** `12 vCPUs on 32 logical processors` */
export function vcpuSentence(committed: number, logical: number): string {
  return `${formatCount(committed)} vCPUs on ${formatCount(logical)} logical processors`;
}

/** Virtual processors for each logical one: `2.5 : 1`. */
export function vcpuRatio(committed: number, logical: number): string {
  return logical === 0 ? "–" : `${(committed / logical).toFixed(1)} : 1`;
}
