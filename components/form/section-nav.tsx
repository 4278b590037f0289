"use client";

export interface SectionEntry {
  name: string;
  title: string;
  /** Fields of it that show an error. */
  wrong: number;
}

/** The id of a section's heading. */
export function sectionId(name: string): string {
  return `section-${name || "more"}`;
}

/** Leads to the sections of the form and says which have something to correct. */
export function SectionNav({ sections }: { sections: readonly SectionEntry[] }) {
  return (
    <nav aria-label="Sections of the form" className="xl:sticky xl:top-5 xl:self-start">
      <ul className="flex flex-wrap gap-1 xl:flex-col">
        {sections.map(({ name, title, wrong }) => (
          <li key={name}>
            <a
              href={`#${sectionId(name)}`}
              aria-label={wrong > 0 ? `${title}, ${wrong} to correct` : undefined}
              className="flex min-h-8 items-center justify-between gap-2 rounded-md px-2.5 py-1 text-muted hover:bg-raised hover:text-ink"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(sectionId(name))?.focus();
              }}
            >
              {title}
              {wrong > 0 ? (
                <span className="rounded-full bg-bad-wash px-1.5 font-medium text-bad text-xs">{wrong}</span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
