"use client";

import { type ReactNode, useDeferredValue, useState } from "react";
import { SearchField } from "@/components/ui/search-field";

export interface Entry {
  /** Of its element: what links lead to. */
  id: string;
  label: string;
  /** What it is found by. */
  words: string;
  content: ReactNode;
}

export interface Group {
  title: string;
  description: string;
  entries: readonly Entry[];
}

/** Chapters with their table of contents, and a box that leaves in both what holds every word typed. */
export function SearchableGroups({ groups }: { groups: readonly Group[] }) {
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed).toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) => {
        const text = `${group.title} ${entry.words}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ entries }) => entries.length > 0);
  const count = found.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <div className="gap-8 xl:grid xl:grid-cols-[16rem_minmax(0,1fr)]">
      <div className="mb-6 xl:sticky xl:top-6 xl:mb-0 xl:flex xl:max-h-[calc(100dvh-3rem)] xl:flex-col xl:self-start">
        <SearchField
          label="Search the reference"
          placeholder="Address, name or code"
          value={typed}
          onChange={setTyped}
        />
        <p role="status" className="mt-1 text-muted text-xs">
          {words.length === 0 ? "" : count === 0 ? "Nothing holds all of these words." : `${count} found`}
        </p>
        <nav aria-label="Contents" className="mt-2 hidden overflow-y-auto text-sm xl:block">
          {found.map(({ title, entries }) => (
            <div key={title} className="mb-3">
              <p className="px-2 font-semibold">{title}</p>
              <ul>
                {entries.map(({ id, label }) => (
                  <li key={id}>
                    <a
                      href={`#${id}`}
                      className="block break-words rounded-md px-2 py-0.5 text-muted hover:bg-raised hover:text-ink"
                    >
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
      </div>
      <div className="min-w-0 space-y-10">
        {found.map(({ title, description, entries }) => (
          <div key={title}>
            <h2 className="font-semibold text-lg">{title}</h2>
            <p className="mb-3 text-muted text-sm">{description}</p>
            <div className="space-y-4">
              {entries.map(({ id, content }) => (
                <div key={id} id={id} className="scroll-mt-4">
                  {content}
                </div>
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
