"use client";

import { ListChecks, Monitor, Plus, Server } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

const PLACES = [
  { href: "/vms/new", label: "New VM", Icon: Plus },
  { href: "/vms", label: "VMs", Icon: Monitor },
  { href: "/jobs", label: "Jobs", Icon: ListChecks },
  { href: "/hosts", label: "Hosts", Icon: Server },
] as const;

export function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="flex gap-1 lg:flex-col">
        {PLACES.map(({ href, label, Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isHere(path, href) ? "page" : undefined}
              className="flex min-h-8 items-center gap-2 whitespace-nowrap rounded-md px-2 font-medium text-muted hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-wash aria-[current=page]:text-accent"
            >
              <Icon aria-hidden="true" className="hidden size-4 sm:block" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A page below a place belongs to it, but for the New VM form, which has a place of its own. */
function isHere(path: string, href: string): boolean {
  if (path === href) return true;
  return path.startsWith(`${href}/`) && path !== "/vms/new";
}
