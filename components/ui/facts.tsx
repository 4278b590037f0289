import type { ReactNode } from "react";

export interface Fact {
  term: string;
  /** Tells facts with the same term apart. */
  key?: string;
  value: ReactNode;
}

interface FactsProps {
  facts: readonly Fact[];
  /**
   * `grid`: each term above its value, as many beside one another as there is room for.
   * `rows`: one fact a line, the terms in a column; for longer lists.
   */
  layout?: "grid" | "rows";
}

const LAYOUTS = {
  grid: {
    list: "grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-x-6 gap-y-3",
    fact: "min-w-0",
    term: "text-muted text-xs",
  },
  rows: {
    list: "divide-y divide-line text-sm",
    fact: "grid grid-cols-[minmax(7rem,min(11rem,40%))_minmax(0,1fr)] gap-x-4 py-1.5",
    term: "text-muted",
  },
} as const;

/** What is known of something, as terms and their values. */
export function Facts({ facts, layout = "grid" }: FactsProps) {
  const look = LAYOUTS[layout];
  return (
    <dl className={look.list}>
      {facts.map(({ term, key = term, value }) => (
        <div key={key} className={look.fact}>
          <dt className={look.term}>{term}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
