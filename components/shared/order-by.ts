import { compareNames } from "@/lib/domain/natural-order";

/** What a column sorts by; null: nothing is known, which comes last either way round. */
export type SortValue = string | number | null;

/** The rows by a value; those that are equal in it keep the order that they had. */
export function orderBy<Row>(
  rows: readonly Row[],
  sortValueOf: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] {
  const keyed = rows.map((row) => ({ row, value: sortValueOf(row) }));
  const turn = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return turn * compare(a.value, b.value);
  });
  return keyed.map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compareNames(String(a), String(b));
}
