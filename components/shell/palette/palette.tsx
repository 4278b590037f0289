"use client";

import {
  Boxes,
  CornerDownLeft,
  ListChecks,
  type LucideIcon,
  Monitor,
  Palette as Paint,
  Server,
  SquareArrowRight,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";
import { CommandDialog, CommandList } from "@/components/ui/command";
import { StateDot } from "@/components/ui/state-dot";
import { useInventory } from "@/lib/client/hooks";
import { useKeptJobs, useRecentJobs } from "@/lib/client/job-hooks";
import { applyTheme } from "@/lib/client/theme";
import { type Entry, type EntryKind, entriesFor, inventoryEntries, jobEntries } from "./entries";

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Finds any page, VM, host, cluster and job by a few letters, and goes there. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  return (
    <CommandDialog label="Search" open={open} onOpenChange={onOpenChange}>
      <Finder onDone={() => onOpenChange(false)} />
    </CommandDialog>
  );
}

const NOTHING_KNOWN = { vms: [], hosts: [], clusters: [] };

function Finder({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const { inventory } = useInventory();
  const recent = useRecentJobs().data?.jobs;
  // What was done last is at hand; whoever looks for something else begins to type.
  const kept = useKeptJobs(query.trim() !== "").data?.jobs;
  const known = useMemo(() => (inventory ? inventoryEntries(inventory) : NOTHING_KNOWN), [inventory]);
  const jobs = useMemo(() => jobEntries(kept ?? recent ?? []), [kept, recent]);
  const groups = useMemo(() => entriesFor(asked, known, jobs), [asked, known, jobs]);
  return (
    <CommandList
      label="Search pages, VMs, hosts, clusters and jobs"
      placeholder="Search pages, VMs, hosts, clusters, jobs"
      query={query}
      onQuery={setQuery}
      groups={groups}
      keyOf={({ key }) => key}
      labelOf={({ label }) => label}
      render={(entry) => <Line entry={entry} />}
      onChoose={({ action }) => {
        onDone();
        if ("theme" in action) applyTheme(action.theme);
        else router.push(action.href);
      }}
      empty={
        inventory
          ? "Nothing fits. Names, addresses, ids and hosts are searched."
          : "Hosts and VMs are being read …"
      }
    />
  );
}

const ICONS: Record<EntryKind, LucideIcon> = {
  page: SquareArrowRight,
  theme: Paint,
  vm: Monitor,
  host: Server,
  cluster: Boxes,
  job: ListChecks,
};

function Line({ entry: { kind, label, hint, tone } }: { entry: Entry }) {
  const Icon = ICONS[kind];
  return (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted group-data-highlighted:text-accent" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint ? (
        <span className="flex shrink-0 items-center gap-1.5 text-muted text-xs">
          {tone ? <StateDot tone={tone} /> : null}
          {hint}
        </span>
      ) : null}
      <CornerDownLeft
        aria-hidden="true"
        className="invisible size-3.5 text-accent group-data-highlighted:visible"
      />
    </>
  );
}
