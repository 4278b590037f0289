"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useUnfinishedKept } from "@/lib/client/unfinished";
import { isHere, PLACES, UNFINISHED } from "./places";

export function Navigation() {
  const path = usePathname();
  const unfinished = useUnfinishedKept().data?.deployments.length ?? 0;
  const places = unfinished === 0 ? PLACES : [...PLACES, UNFINISHED];
  return (
    <nav aria-label="Main">
      <ul className="space-y-px">
        {places.map(({ href, label, Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isHere(path, href) ? "page" : undefined}
              className="flex min-h-[1.875rem] items-center gap-2.5 rounded-md px-2 font-medium text-muted text-sm hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:text-accent"
            >
              <Icon aria-hidden="true" className="size-4" />
              {label}
              {href === UNFINISHED.href ? (
                <span className="ml-auto min-w-5 rounded-full bg-warn-wash px-1.5 text-center text-warn text-xs">
                  {unfinished}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
