"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, memo, type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { SelectAll, SelectCell } from "./select-cells";
import { SortHead } from "./sort-head";
import { type RowSelection, useRowSelection } from "./use-row-selection";
import { slotsOf, withFocused } from "./virtual-rows";

/** The height of every row, in px. */
const ROW_HEIGHT = 36;
/** How many rows beyond those in view are rendered, so that scrolling meets no blank. */
const OVERSCAN = 12;

export interface Column<Row> {
  key: string;
  header: string;
  /** The column says by its content what it is: its header is read and not shown. */
  headerHidden?: boolean;
  /** In rem. What the columns leave over is shared among them; where they need more, the table scrolls. */
  width: number;
  align?: "right";
  /** It stays at the right edge while what is beside it scrolls under it, where there is room for that. */
  stays?: true;
  /** It can be sorted by: this way round first. */
  sortable?: "ascending" | "descending";
  /** One line; what does not fit is cut off. */
  cell: (row: Row) => ReactNode;
}

interface VirtualTableProps<Row> {
  /** Says what the table lists; not shown. */
  caption: string;
  /** The first one names its row, and stays in view. Keep its identity: each row is drawn anew with another. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** What is known of it is old: the row is drawn in the muted ink. */
  isMuted?: (row: Row) => boolean;
  /** The key of the column that the rows are sorted by; with `-` in front: the other way round. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** Given where rows can be selected: a column of checkboxes comes first. */
  selection?: RowSelection<Row>;
  /** How high it may get; it scrolls by itself beyond that. */
  className?: string;
}

/**
 * A table of any length that renders the rows in view. It scrolls by itself in both directions, by keyboard
 * too; header and first column stay. Assistive technology hears of all rows (`aria-rowcount`).
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    caption,
    columns,
    rows,
    rowKey,
    isMuted,
    sort,
    onSort,
    selection,
    className = "max-h-[70dvh]",
  } = props;
  const region = useRef<HTMLElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const [scrolledSideways, setScrolledSideways] = useState(false);
  const focused = useMemo(
    () => (focusedKey === null ? -1 : rows.findIndex((row) => rowKey(row) === focusedKey)),
    [rows, rowKey, focusedKey],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => region.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    rangeExtractor: useCallback(
      (range: Range) => withFocused(defaultRangeExtractor(range), focused),
      [focused],
    ),
    useFlushSync: false,
  });
  const slots = slotsOf(virtualizer.getVirtualItems(), virtualizer.getTotalSize());
  const selecting = selection !== undefined;
  const minWidth = columns.reduce((sum, { width }) => sum + width, selecting ? SELECT_WIDTH : 0);
  const { press, onKeyDown } = useRowSelection({
    ...{ selection, rows, rowKey, region },
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  });

  const noteFocus = (event: FocusEvent<HTMLElement>) => {
    const row = event.target.closest<HTMLElement>("tr[data-key]");
    setFocusedKey(row?.dataset.key ?? null);
  };
  return (
    <section
      ref={region}
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      data-scrolled={scrolledSideways || undefined}
      onScroll={(event) => setScrolledSideways(event.currentTarget.scrollLeft > 0)}
      className={`group/table relative isolate scroll-pt-9 scroll-pl-[min(16rem,42vw)] overflow-auto overscroll-x-contain rounded-lg border border-line bg-surface ${className}`}
    >
      <table
        aria-rowcount={rows.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm"
        style={{ minWidth: `${minWidth}rem` }}
      >
        <caption className="sr-only">{caption}</caption>
        <colgroup>
          {selecting ? <col style={{ width: `${SELECT_WIDTH}rem` }} /> : null}
          {columns.map(({ key, width }, index) => (
            // A narrow window keeps room for what stands beside the column that stays.
            <col key={key} style={{ width: index === 0 ? `min(${width}rem, 42vw)` : `${width}rem` }} />
          ))}
        </colgroup>
        <thead className="text-muted text-xs">
          <tr aria-rowindex={1}>
            {selection === undefined ? null : (
              <SelectAll rows={rows} rowKey={rowKey} selection={selection} className={HEAD} />
            )}
            {columns.map((column, index) => (
              <SortHead
                key={column.key}
                column={column}
                sort={sort}
                onSort={onSort}
                className={`${HEAD} ${index === 0 ? `${selecting ? "left-10" : "left-0"} z-20 ${STAYS}` : "z-10"} ${column.stays ? AT_END : ""} ${alignOf(column)}`}
              />
            ))}
          </tr>
        </thead>
        <tbody onFocus={noteFocus} onBlur={() => setFocusedKey(null)} onKeyDown={onKeyDown}>
          {slots.map((slot) => {
            if (slot.kind === "gap") {
              return (
                // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a table takes no focus
                <tr key={slot.key} aria-hidden="true">
                  <td
                    colSpan={columns.length + (selecting ? 1 : 0)}
                    className="p-0"
                    style={{ height: slot.height }}
                  />
                </tr>
              );
            }
            const row = rows[slot.index];
            if (row === undefined) return null;
            const id = rowKey(row);
            return (
              <BodyRow
                key={id}
                id={id}
                row={row}
                index={slot.index}
                columns={columns}
                muted={isMuted?.(row) ?? false}
                {...(selection === undefined
                  ? {}
                  : { selected: selection.keys.has(id), labelOf: selection.labelOf, onPress: press })}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The width of the column of checkboxes, in rem: `left-10` stands beside it. */
const SELECT_WIDTH = 2.5;

const HEAD = "sticky top-0 h-9 border-line border-b bg-[color-mix(in_srgb,var(--ground)_60%,var(--surface))]";

/** Once the table is scrolled sideways, the column that stays is set off from what passes under it. */
const STAYS = "group-data-scrolled/table:border-r group-data-scrolled/table:border-line";

const AT_END = "sm:sticky sm:right-0";

interface BodyRowProps<Row> {
  id: string;
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  muted: boolean;
  /** Given where rows can be selected. */
  selected?: boolean;
  labelOf?: (row: Row) => string;
  onPress?: (key: string, range: boolean) => void;
}

const BodyRow = memo(function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { id, row, index, columns, muted, selected, labelOf, onPress } = props;
  const selecting = selected !== undefined;
  return (
    <tr
      data-key={id}
      aria-rowindex={index + 2}
      data-selected={selected || undefined}
      className={`h-9 bg-surface hover:bg-raised data-selected:bg-accent-wash ${muted ? "text-muted" : ""}`}
    >
      {selecting ? (
        <SelectCell id={id} label={labelOf?.(row) ?? ""} selected={selected} onPress={onPress} />
      ) : null}
      {columns.map((column, place) =>
        place === 0 ? (
          <th
            key={column.key}
            scope="row"
            className={`sticky ${selecting ? "left-10" : "left-0"} z-1 h-9 truncate border-line/70 border-b bg-inherit px-3 py-0 text-left font-medium ${STAYS}`}
          >
            {column.cell(row)}
          </th>
        ) : (
          <td
            key={column.key}
            className={`h-9 truncate border-line/70 border-b px-3 py-0 ${column.stays ? `bg-inherit ${AT_END}` : ""} ${alignOf(column)}`}
          >
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}) as <Row>(props: BodyRowProps<Row>) => ReactNode;

function alignOf({ align }: { align?: "right" }): string {
  return align === "right" ? "text-right tabular-nums" : "";
}
