import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";

interface TableProps {
  /** Says what the table lists; not shown. */
  caption: string;
  head: ReactNode;
  children: ReactNode;
}

/**
 * A dense table with a header row. Where the page is narrow it scrolls by itself, by keyboard too, and
 * the page does not.
 */
export function Table({ caption, head, children }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface text-sm"
    >
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-line border-b bg-ground/60 text-muted text-xs">
          <tr>{head}</tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}

/** A column's header. */
export function Th({ className = "", ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return <th scope="col" className={`whitespace-nowrap px-3 py-2 font-medium ${className}`} {...rest} />;
}

/** The cell that names its row. */
export function RowHeader({ className = "", ...rest }: ThHTMLAttributes<HTMLTableCellElement>) {
  return (
    <th scope="row" className={`px-3 py-2 text-left align-baseline font-medium ${className}`} {...rest} />
  );
}

export function Td({ className = "", ...rest }: TdHTMLAttributes<HTMLTableCellElement>) {
  return <td className={`px-3 py-2 align-baseline ${className}`} {...rest} />;
}

/** The header over the rows' own actions. */
export function ActionsTh() {
  return (
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  );
}

/** What can be done with a row: in sight, however far the table is scrolled. */
export function ActionsCell({ children }: { children: ReactNode }) {
  return <Td className="sticky right-0 w-0 bg-surface py-0.5 text-right align-middle">{children}</Td>;
}
