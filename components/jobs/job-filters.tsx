"use client";

import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FILTER_LOOK } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useHosts } from "@/lib/client/hooks";
import { useTypedText } from "@/lib/client/typed-text";
import { JOB_KINDS, JOB_STATES } from "@/lib/domain/job";
import { FILTERS, isoOf, type JobQuery, localInputOf, PERIODS, UNFINISHED } from "./job-query";
import { kindWord, stateWord } from "./job-words";

interface JobFiltersProps {
  query: JobQuery;
  onChange: (changes: Record<string, string>) => void;
}

/** What the list shows: every answer is part of the address. */
export function JobFilters({ query, onChange }: JobFiltersProps) {
  const of = (name: string) => query.get(name) ?? "";
  const hosts = useHosts().hosts?.map(({ name }) => name) ?? [];
  const some = FILTERS.some((name) => of(name) !== "");
  return (
    <search aria-label="Jobs" className="space-y-3">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(9rem,100%),1fr))] items-end gap-3">
        <Choice label="State" value={of("state")} onChange={(state) => onChange({ state })}>
          <option value="">all</option>
          <option value={UNFINISHED}>not ended</option>
          {JOB_STATES.map((state) => (
            <option key={state} value={state}>
              {stateWord(state)}
            </option>
          ))}
        </Choice>
        <Choice label="Kind" value={of("kind")} onChange={(kind) => onChange({ kind })}>
          <option value="">all</option>
          {JOB_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kindWord(kind)}
            </option>
          ))}
        </Choice>
        <Choice label="Host" value={of("host")} onChange={(host) => onChange({ host })}>
          <option value="">all</option>
          {withChosen(hosts, of("host")).map((host) => (
            <option key={host} value={host}>
              {host}
            </option>
          ))}
        </Choice>
        <Words label="VM" hint="name or id" value={of("vm")} onChange={(vm) => onChange({ vm })} />
        <Words label="Asked by" hint="name" value={of("actor")} onChange={(actor) => onChange({ actor })} />
        <Choice
          label="Created"
          value={of("created")}
          onChange={(created) => onChange({ created, from: "", to: "" })}
        >
          <option value="">at any time</option>
          {Object.entries(PERIODS).map(([period, { word }]) => (
            <option key={period} value={period}>
              {word}
            </option>
          ))}
          <option value="between">between …</option>
        </Choice>
        {of("created") === "between" ? (
          <>
            <Moment label="From" value={of("from")} onChange={(from) => onChange({ from })} />
            <Moment label="To" value={of("to")} onChange={(to) => onChange({ to })} />
          </>
        ) : null}
      </div>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <Checkbox checked={of("steps") === "1"} onChange={(steps) => onChange({ steps: steps ? "1" : "" })}>
          Show the steps of deployments
        </Checkbox>
        {some ? (
          <Button
            tone="quiet"
            onClick={() => onChange(Object.fromEntries(FILTERS.map((name) => [name, ""])))}
          >
            Clear filters
          </Button>
        ) : null}
      </div>
    </search>
  );
}

/** A host of the address that is no longer configured stays a choice: the list must say what it shows. */
function withChosen(names: readonly string[], chosen: string): readonly string[] {
  return chosen === "" || names.includes(chosen) ? names : [...names, chosen];
}

interface ControlProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, value, onChange, children }: ControlProps & { children: ReactNode }) {
  return (
    <Labelled label={label}>
      {(id) => (
        <Select id={id} size="small" value={value} onChange={onChange}>
          {children}
        </Select>
      )}
    </Labelled>
  );
}

function Words({ label, hint, value, onChange }: ControlProps & { hint: string }) {
  const [text, type] = useTypedText(value, onChange);
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          type="search"
          maxLength={256}
          autoComplete="off"
          spellCheck={false}
          placeholder={hint}
          className={FILTER_LOOK}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Labelled>
  );
}

function Moment({ label, value, onChange }: ControlProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          type="datetime-local"
          className={FILTER_LOOK}
          value={localInputOf(value)}
          onChange={(event) => onChange(isoOf(event.target.value))}
        />
      )}
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-muted text-xs">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
