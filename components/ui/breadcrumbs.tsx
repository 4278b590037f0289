import { TextLink } from "./text-link";

/** A page above this one. */
export interface Crumb {
  label: string;
  href: string;
}

/** Where the page stands: the pages above it, the outermost first. Its own title follows as the heading. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className="flex flex-wrap items-center text-sm">
        {crumbs.map(({ label, href }) => (
          <li
            key={href}
            className="after:mx-1.5 after:text-muted after:content-['/'_/_''] last:after:content-none"
          >
            <TextLink href={href} className="inline-block min-h-6 break-words leading-6">
              {label}
            </TextLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}
