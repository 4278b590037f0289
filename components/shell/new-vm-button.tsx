"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";

/** Leads to the New VM form, from every page. */
export function NewVmButton() {
  const path = usePathname();
  return (
    <Link
      href="/vms/new"
      aria-label="New VM"
      title="New VM"
      aria-current={path === "/vms/new" ? "page" : undefined}
      className="grid size-8 shrink-0 place-items-center rounded-md bg-accent text-on-accent hover:bg-accent-strong"
    >
      <Plus aria-hidden="true" className="size-4.5" />
    </Link>
  );
}
