/**
 * The keys that are selected once `key` was pressed, which turns it around.
 *
 * @param order the keys of all rows as they stand in the table
 * @param from the key that was pressed before; with it all rows between become as the pressed one does (a range).
 *   null, or one that is not in the table: the pressed one alone
 */
export function pressed(
  selected: ReadonlySet<string>,
  order: readonly string[],
  key: string,
  from: string | null,
): ReadonlySet<string> {
  return marked(selected, between(order, from, key), !selected.has(key));
}

/** The keys that are selected once these are, or are no more. */
export function marked(
  selected: ReadonlySet<string>,
  keys: Iterable<string>,
  on: boolean,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (const key of keys) {
    if (on) next.add(key);
    else next.delete(key);
  }
  return next;
}

/** From one key to the other, both included, whichever comes first. */
export function between(order: readonly string[], from: string | null, to: string): readonly string[] {
  const [one, other] = [from === null ? -1 : order.indexOf(from), order.indexOf(to)];
  if (one < 0 || other < 0) return [to];
  return order.slice(Math.min(one, other), Math.max(one, other) + 1);
}

/** How many of these keys are selected. */
export function countSelected(selected: ReadonlySet<string>, keys: readonly string[]): number {
  return selected.size === 0 ? 0 : keys.reduce((count, key) => count + (selected.has(key) ? 1 : 0), 0);
}
