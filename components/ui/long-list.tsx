"use client";

import { type ReactNode, useState } from "react";

/** So many items are drawn at first, and with each press more. */
const PAGE = 100;

interface LongListProps<Item> {
  /** What it lists; not shown. */
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** What stands in an item's `<li>`. */
  render: (item: Item) => ReactNode;
  /** Its height at most; it scrolls by itself beyond that, by keyboard too. */
  className?: string;
}

/** A list of any length: what comes after the first items is drawn when somebody asks for it. */
export function LongList<Item>(props: LongListProps<Item>) {
  const { label, items, keyOf, render, className = "max-h-56" } = props;
  const [shown, setShown] = useState(PAGE);
  const rest = items.length - shown;
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className={`overflow-y-auto rounded-md border border-line ${className}`}
    >
      <ul className="divide-y divide-line">
        {items.slice(0, shown).map((item) => (
          <li key={keyOf(item)} className="px-3 py-1.5">
            {render(item)}
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <button
          type="button"
          className="min-h-8 w-full border-line border-t px-3 text-accent text-sm hover:bg-raised"
          onClick={() => setShown(shown + PAGE)}
        >
          {rest <= PAGE ? `Show the last ${rest}` : `Show ${PAGE} more of ${rest.toLocaleString("en")}`}
        </button>
      ) : null}
    </section>
  );
}
