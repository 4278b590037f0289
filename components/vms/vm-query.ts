import { VM_STATES } from "@/lib/domain/inventory";
import { COLUMN_KEYS, DEFAULT_COLUMNS, isSortable } from "./vm-column-keys";
import { FACET_NAMES, type Facet, LAST_KNOWN, MISSING, type Selection } from "./vm-facets";

/**
 * What the list shows, as it stands in its address:
 * `?q=web host:hv01&state=running,off&cluster=…&host=hv01&sort=-memory&columns=name,state,host`.
 */
export interface VmQuery {
  q: string;
  chosen: Selection;
  /** A column's key; with `-` in front: descending. */
  sort: string;
  /** Keys, in the order of the table. */
  columns: readonly string[];
}

interface Parameters {
  get(name: string): string | null;
}

const DEFAULT_SORT = "name";
const STATES: ReadonlySet<string> = new Set([...VM_STATES, MISSING, LAST_KNOWN]);

/** What an address asks for. What it asks for and does not exist is left out: a state, a column, an order. */
export function readQuery(parameters: Parameters): VmQuery {
  const listOf = (name: string) => [...new Set((parameters.get(name) ?? "").split(",").filter(Boolean))];
  const sort = parameters.get("sort") ?? DEFAULT_SORT;
  const columns = listOf("columns");
  return {
    q: parameters.get("q") ?? "",
    chosen: {
      state: listOf("state").filter((state) => STATES.has(state)),
      cluster: listOf("cluster"),
      host: listOf("host"),
    },
    sort: isSortable(sort.replace(/^-/, "")) ? sort : DEFAULT_SORT,
    columns: withColumns(columns.some((key) => COLUMN_KEYS.includes(key)) ? columns : DEFAULT_COLUMNS),
  };
}

/** The columns with these keys in the order of the table; the name is always among them. */
export function withColumns(keys: readonly string[]): readonly string[] {
  return COLUMN_KEYS.filter((key) => key === "name" || keys.includes(key));
}

/** The same address with this query; what is as by default does not stand in it. */
export function withQuery(address: URL, { q, chosen, sort, columns }: VmQuery): URL {
  const next = new URL(address);
  const set = (name: string, value: string) => {
    if (value === "") next.searchParams.delete(name);
    else next.searchParams.set(name, value);
  };
  set("q", q.trim());
  for (const facet of FACET_NAMES) set(facet, chosen[facet].join(","));
  set("sort", sort === DEFAULT_SORT ? "" : sort);
  const asByDefault = columns.join() === withColumns(DEFAULT_COLUMNS).join();
  set("columns", asByDefault ? "" : columns.join(","));
  // A comma may stand in a query as it is (RFC 3986, section 3.4), and reads better.
  next.search = next.search.replaceAll("%2C", ",");
  return next;
}

/** With or without a value of a facet. */
export function toggled(chosen: Selection, facet: Facet, value: string): Selection {
  const values = chosen[facet];
  const rest = values.filter((other) => other !== value);
  return { ...chosen, [facet]: rest.length < values.length ? rest : [...values, value] };
}

export const NOTHING_CHOSEN: Selection = { state: [], cluster: [], host: [] };

/** Whether it leaves any VM out. */
export function narrows({ q, chosen }: Pick<VmQuery, "q" | "chosen">): boolean {
  return q.trim() !== "" || FACET_NAMES.some((facet) => chosen[facet].length > 0);
}
