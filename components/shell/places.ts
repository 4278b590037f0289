import {
  Boxes,
  Braces,
  CircleDashed,
  Gauge,
  ListChecks,
  type LucideIcon,
  Monitor,
  Server,
} from "lucide-react";

export interface Place {
  href: string;
  label: string;
  Icon: LucideIcon;
}

/** The pages that others lie below. */
export const PLACES: readonly Place[] = [
  { href: "/", label: "Overview", Icon: Gauge },
  { href: "/vms", label: "VMs", Icon: Monitor },
  { href: "/hosts", label: "Hosts", Icon: Server },
  { href: "/clusters", label: "Clusters", Icon: Boxes },
  { href: "/jobs", label: "Jobs", Icon: ListChecks },
  { href: "/docs", label: "API", Icon: Braces },
];

/** Stands there only while there is something on it. */
export const UNFINISHED: Place = { href: "/unfinished", label: "Unfinished", Icon: CircleDashed };

/** A page below a place belongs to it, but for the overview, and the New VM form, which has a link of its own. */
export function isHere(path: string, href: string): boolean {
  if (path === href) return true;
  return href !== "/" && path.startsWith(`${href}/`) && path !== "/vms/new";
}
