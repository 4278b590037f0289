/** Rows of paper where a list is about to stand: shown only while there is no data at all. */
export function LoadingRows({ label, rows = 4 }: { label: string; rows?: number }) {
  return (
    <div role="status" className="motion-safe:animate-pulse rounded-lg border border-line bg-surface p-3">
      <span className="sr-only">{label}</span>
      <div aria-hidden="true" className="space-y-3">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike
          <div key={row} className="h-4 rounded bg-raised" />
        ))}
      </div>
    </div>
  );
}
