"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { isHere, PLACES } from "./places";

export function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="space-y-px">
        {PLACES.map(({ href, label, Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isHere(path, href) ? "page" : undefined}
              className="flex min-h-[1.875rem] items-center gap-2.5 rounded-md px-2 font-medium text-muted text-sm hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:text-accent"
            >
              <Icon aria-hidden="true" className="size-4" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
