import { VM_STATES, type VmState, type VmSummary } from "@/lib/domain/inventory";
import { compareNames } from "@/lib/domain/natural-order";
import type { VmRow } from "./vm-row";
import { type StateFace, stateFace } from "./vm-words";

/** What a list of VMs can be narrowed by, each by the value that a VM has of it. */
export const FACETS = {
  state: ({ vm, stale }: VmRow): string => facetStateOf(vm, stale),
  cluster: ({ cluster }: VmRow) => cluster ?? STANDALONE,
  host: ({ vm }: VmRow) => vm.host,
} as const;

export type Facet = keyof typeof FACETS;
export const FACET_NAMES = Object.keys(FACETS) as Facet[];

/** The state of a VM that its host no longer has, and that may turn up on another. */
export const MISSING = "missing";
/** The state of a VM whose host does not answer: what it was last, nobody can say that it is. */
export const LAST_KNOWN = "last_known";
export type StateFacet = VmState | typeof MISSING | typeof LAST_KNOWN;

export function facetStateOf(
  { missing_since, state }: Pick<VmSummary, "missing_since" | "state">,
  stale: boolean,
): StateFacet {
  return missing_since !== null ? MISSING : stale ? LAST_KNOWN : state;
}

/** How such a state is called and coloured. */
export function facetFace(state: StateFacet): StateFace {
  if (state === MISSING) return { word: "missing", tone: "warn" };
  return state === LAST_KNOWN ? { word: "last known", tone: "neutral" } : stateFace(state, false);
}

/** The cluster of hosts without one; no cluster can be called that. */
export const STANDALONE = "-";

/** What is chosen of each; nothing: everything. */
export type Selection = Readonly<Record<Facet, readonly string[]>>;

export interface FacetValue {
  value: string;
  /** How many VMs there would be with this value, under everything else that is asked for. */
  count: number;
}

export interface Narrowed {
  rows: readonly VmRow[];
  /** What there is to choose of each, also what is chosen and has no VM. */
  values: Readonly<Record<Facet, readonly FacetValue[]>>;
}

/** The VMs that a search finds and that have what is chosen, in their order. */
export function narrow(rows: readonly VmRow[], found: (row: VmRow) => boolean, chosen: Selection): Narrowed {
  const sets = FACET_NAMES.map((facet) => new Set(chosen[facet]));
  const counts = FACET_NAMES.map((facet) => new Map(chosen[facet].map((value) => [value, 0])));
  const shown: VmRow[] = [];
  for (const row of rows) {
    const values = FACET_NAMES.map((facet) => FACETS[facet](row));
    for (const [index, value] of values.entries()) {
      const of = counts[index];
      if (of !== undefined && !of.has(value)) of.set(value, 0);
    }
    if (!found(row)) continue;
    const misses = values.flatMap((value, index) => (isChosen(sets[index], value) ? [] : [index]));
    if (misses.length === 0) shown.push(row);
    for (const [index, value] of values.entries()) {
      // A choice within one facet changes what the others count, not its own.
      if (misses.every((miss) => miss === index))
        counts[index]?.set(value, (counts[index].get(value) ?? 0) + 1);
    }
  }
  const valuesOf = (facet: Facet) => inOrder(facet, counts[FACET_NAMES.indexOf(facet)] ?? new Map());
  return {
    rows: shown,
    values: { state: valuesOf("state"), cluster: valuesOf("cluster"), host: valuesOf("host") },
  };
}

function isChosen(chosen: ReadonlySet<string> | undefined, value: string): boolean {
  return chosen === undefined || chosen.size === 0 || chosen.has(value);
}

const STATE_ORDER: readonly string[] = [...VM_STATES, MISSING, LAST_KNOWN];

function inOrder(facet: Facet, counts: ReadonlyMap<string, number>): FacetValue[] {
  const values = [...counts].map(([value, count]) => ({ value, count }));
  return values.sort((a, b) =>
    facet === "state"
      ? STATE_ORDER.indexOf(a.value) - STATE_ORDER.indexOf(b.value)
      : compareNames(a.value, b.value),
  );
}
