import { ArrowDown, ArrowUp } from "lucide-react";

interface SortHeadProps {
  column: {
    key: string;
    header: string;
    headerHidden?: boolean;
    align?: "right";
    /** It can be sorted by: this way round first. */
    sortable?: "ascending" | "descending";
  };
  /** The key of the column that the rows are sorted by; with `-` in front: descending. */
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
  className?: string;
}

/** A column's header. Pressed, it sorts by the column; pressed again, the other way round. */
export function SortHead({ column, sort, onSort, className = "" }: SortHeadProps) {
  const { key, header, headerHidden, align, sortable } = column;
  if (sortable === undefined || onSort === undefined) {
    return (
      <th scope="col" className={`truncate px-3 py-0 font-medium ${className}`}>
        <span className={headerHidden ? "sr-only" : ""}>{header}</span>
      </th>
    );
  }
  const down = sort === `-${key}`;
  const here = down || sort === key;
  const turned = down ? key : `-${key}`;
  const first = sortable === "descending" ? `-${key}` : key;
  const Arrow = down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={here ? (down ? "descending" : "ascending") : "none"}
      className={`px-3 py-0 font-medium ${className}`}
    >
      <button
        type="button"
        className={`-mx-1.5 inline-flex min-h-6 max-w-[calc(100%+0.75rem)] items-center gap-1 rounded-sm px-1.5 align-middle font-medium hover:bg-raised hover:text-ink ${here ? "text-ink" : ""} ${align === "right" ? "flex-row-reverse" : ""}`}
        onClick={() => onSort(here ? turned : first)}
      >
        <span className="truncate">{header}</span>
        {here ? <Arrow aria-hidden="true" className="size-3.5 shrink-0" /> : null}
      </button>
    </th>
  );
}
