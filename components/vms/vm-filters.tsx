"use client";

import { ChevronDown, Columns3 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuCheckbox, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { SearchField } from "@/components/ui/search-field";
import { DEFAULT_COLUMNS } from "./vm-column-keys";
import { VM_COLUMNS } from "./vm-columns";
import { FACET_NAMES, type Facet, type FacetValue, LAST_KNOWN, type Narrowed, STANDALONE } from "./vm-facets";
import { NOTHING_CHOSEN, narrows, toggled, type VmQuery, withColumns } from "./vm-query";
import { SEARCH_FIELDS } from "./vm-search";

const FACET_WORDS: Record<Facet, string> = { state: "State", cluster: "Cluster", host: "Host" };

interface VmFiltersProps {
  query: VmQuery;
  /** What stands in the search field, which may be ahead of the query. */
  text: string;
  onText: (text: string) => void;
  values: Narrowed["values"];
  onChange: (change: Partial<VmQuery>) => void;
}

/** What the list of VMs shows: every answer is part of the address. */
export function VmFilters({ query, text, onText, values, onChange }: VmFiltersProps) {
  const { chosen, columns } = query;
  return (
    <search aria-label="VMs" className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Filter VMs"
        placeholder="Name, host, address … or state:off"
        title={`One field alone: ${SEARCH_FIELDS.map((field) => `${field}:`).join(" ")}`}
        className="w-full sm:w-80"
        value={text}
        onChange={onText}
      />
      {FACET_NAMES.map((facet) =>
        // One cluster, or none, leaves nothing to choose.
        values[facet].length < 2 && chosen[facet].length === 0 ? null : (
          <FacetMenu
            key={facet}
            facet={facet}
            values={values[facet]}
            chosen={chosen[facet]}
            onToggle={(value) => onChange({ chosen: toggled(chosen, facet, value) })}
            onClear={() => onChange({ chosen: { ...chosen, [facet]: [] } })}
          />
        ),
      )}
      {narrows({ q: text, chosen }) ? (
        <Button tone="quiet" onClick={() => onChange({ q: "", chosen: NOTHING_CHOSEN })}>
          Clear
        </Button>
      ) : null}
      <div className="ml-auto">
        <ColumnMenu columns={columns} onChange={(next) => onChange({ columns: next })} />
      </div>
    </search>
  );
}

interface FacetMenuProps {
  facet: Facet;
  values: readonly FacetValue[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
  onClear: () => void;
}

function FacetMenu({ facet, values, chosen, onToggle, onClear }: FacetMenuProps) {
  const some = chosen.length > 0;
  return (
    <Menu
      trigger={
        <Button className={some ? "border-accent/60! bg-accent-wash!" : ""}>
          <span>
            {FACET_WORDS[facet]}
            {some ? <span className="font-normal">: {chosenWords(chosen)}</span> : null}
          </span>
          <ChevronDown aria-hidden="true" className="size-3.5 text-muted" />
        </Button>
      }
    >
      {values.map(({ value, count }) => (
        <MenuCheckbox key={value} checked={chosen.includes(value)} onChange={() => onToggle(value)}>
          <span className={`min-w-0 flex-1 truncate ${count === 0 ? "text-muted" : ""}`}>
            {facetWord(value)}
          </span>
          <span className="pl-4 text-muted tabular-nums">{count}</span>
        </MenuCheckbox>
      ))}
      {some ? (
        <>
          <MenuSeparator />
          <MenuItem onSelect={onClear}>Show all</MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

function ColumnMenu({
  columns,
  onChange,
}: {
  columns: readonly string[];
  onChange: (columns: readonly string[]) => void;
}) {
  const toggle = (key: string) =>
    onChange(
      withColumns(columns.includes(key) ? columns.filter((other) => other !== key) : [...columns, key]),
    );
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          <Columns3 aria-hidden="true" className="size-4 text-muted" />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      }
    >
      {VM_COLUMNS.filter(({ key }) => key !== "name").map(({ key, header }) => (
        <MenuCheckbox key={key} checked={columns.includes(key)} onChange={() => toggle(key)}>
          {header}
        </MenuCheckbox>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onChange(withColumns(DEFAULT_COLUMNS))}>As by default</MenuItem>
    </Menu>
  );
}

function chosenWords(chosen: readonly string[]): string {
  const words = chosen.map(facetWord);
  return words.length <= 2 ? words.join(", ") : `${words[0]} and ${words.length - 1} more`;
}

function facetWord(value: string): string {
  if (value === LAST_KNOWN) return "last known";
  return value === STANDALONE ? "standalone" : value;
}
