"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import {
  Boxes,
  CornerDownLeft,
  ListChecks,
  type LucideIcon,
  Monitor,
  Palette as Paint,
  Search,
  Server,
  SquareArrowRight,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo, useState } from "react";
import { BACKDROP_LOOK } from "@/components/ui/dialog-look";
import { Kbd } from "@/components/ui/kbd";
import { StateDot } from "@/components/ui/state-dot";
import { useInventory } from "@/lib/client/hooks";
import { useRecentJobs } from "@/lib/client/job-hooks";
import { applyTheme } from "@/lib/client/theme";
import {
  type Entry,
  type EntryGroup,
  type EntryKind,
  entriesFor,
  inventoryEntries,
  jobEntries,
} from "./entries";

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Finds any page, VM, host, cluster and recent job by a few letters, and goes there. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP_LOOK} />
        <Dialog.Popup
          aria-label="Search"
          className="fade fixed inset-x-2 top-[min(12dvh,7rem)] z-50 mx-auto flex max-h-[min(34rem,76dvh)] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-surface text-ink shadow-float outline-none"
        >
          <Finder onDone={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const NO_ENTRIES = { vms: [], hosts: [], clusters: [] };

function Finder({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const { inventory } = useInventory();
  const recent = useRecentJobs().data?.jobs;
  const known = useMemo(() => (inventory ? inventoryEntries(inventory) : NO_ENTRIES), [inventory]);
  const jobs = useMemo(() => jobEntries(recent ?? []), [recent]);
  const groups = useMemo(() => entriesFor(asked, known, jobs), [asked, known, jobs]);

  function choose({ action }: Entry): void {
    onDone();
    if ("theme" in action) applyTheme(action.theme);
    else router.push(action.href);
  }

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      mode="none"
      autoHighlight="always"
      keepHighlight
      itemToStringValue={(entry: Entry) => entry.label}
      value={query}
      onValueChange={(value, { reason }) => {
        if (reason !== "item-press") setQuery(value);
      }}
    >
      <div className="flex shrink-0 items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <Autocomplete.Input
          aria-label="Search pages, VMs, hosts, clusters and jobs"
          placeholder="Search pages, VMs, hosts, clusters, jobs"
          className="min-h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted"
        />
        <Dialog.Close className="min-h-6 shrink-0 rounded-sm" aria-label="Close the search">
          <Kbd>Esc</Kbd>
        </Dialog.Close>
      </div>
      <Autocomplete.Empty>
        <p className="px-2 py-6 text-center text-muted not-empty:block">
          {inventory
            ? "Nothing fits. Names, addresses, ids and hosts are searched."
            : "Hosts and VMs are being read …"}
        </p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 empty:hidden">
        {(group: EntryGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-2">
            <Autocomplete.GroupLabel className="px-2 pt-1 pb-1 font-medium text-muted text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(entry: Entry) => <EntryRow key={entry.key} entry={entry} onChoose={() => choose(entry)} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
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

function EntryRow({ entry, onChoose }: { entry: Entry; onChoose: () => void }) {
  const Icon = ICONS[entry.kind];
  return (
    <Autocomplete.Item
      value={entry}
      className="group flex min-h-9 cursor-pointer select-none scroll-my-2 items-center gap-2.5 rounded-md px-2 text-sm outline-none data-highlighted:bg-accent-wash"
      onClick={onChoose}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted group-data-highlighted:text-accent" />
      <span className="min-w-0 flex-1 truncate">{entry.label}</span>
      {entry.hint ? (
        <span className="flex shrink-0 items-center gap-1.5 text-muted text-xs">
          {entry.tone ? <StateDot tone={entry.tone} /> : null}
          {entry.hint}
        </span>
      ) : null}
      <CornerDownLeft
        aria-hidden="true"
        className="invisible size-3.5 text-accent group-data-highlighted:visible"
      />
    </Autocomplete.Item>
  );
}
