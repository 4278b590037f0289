"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export interface Tab {
  name: string;
  /** What stands for it outside, as in an address; without it, its name. */
  value?: string;
  /** How many things it holds, beside its name. */
  count?: number | undefined;
  content: ReactNode;
}

interface TabsProps {
  /** What the tabs choose between. */
  label: string;
  tabs: readonly Tab[];
  /** The chosen tab's value, where the caller keeps it (in the address); without it the tabs do. */
  value?: string;
  onChange?: (value: string) => void;
}

const keyOf = (tab: Tab): string => tab.value ?? tab.name;

/** Tabs. One stop for Tab, the arrow keys move between them and choose; only the chosen one's content is there. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  const first = tabs[0] === undefined ? null : keyOf(tabs[0]);
  const chosen = value === undefined ? { defaultValue: first } : { value };
  return (
    <Base.Root {...chosen} onValueChange={(next: string) => onChange?.(next)}>
      <Base.List
        activateOnFocus
        aria-label={label}
        className="flex gap-x-1 overflow-x-auto border-line border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={keyOf(tab)}
            value={keyOf(tab)}
            className="flex min-h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2.5 font-medium text-muted text-sm -outline-offset-2 hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {tab.name}
            {tab.count === undefined ? null : (
              <span className="rounded-full bg-raised px-1.5 text-muted text-xs">{tab.count}</span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={keyOf(tab)} value={keyOf(tab)} className="pt-4">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
