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
  Zap,
} from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { OnDemand } from "@/components/shared/on-demand";
import { CommandDialog, CommandList } from "@/components/ui/command";
import { Kbd } from "@/components/ui/kbd";
import { StateDot } from "@/components/ui/state-dot";
import type { VmChosen } from "@/components/vm-actions/act-on-vm";
import { useInventory } from "@/lib/client/hooks";
import { useKeptJobs, useRecentJobs } from "@/lib/client/job-hooks";
import { applyTheme } from "@/lib/client/theme";
import { type Entry, type EntryKind, entriesFor, entriesOfVm, inventoryEntries, jobEntries } from "./entries";

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Finds any page, VM, host, cluster and job by a few letters, and goes there, or does what can be done with a VM. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const [chosen, setChosen] = useState<VmChosen | null>(null);
  const count = useRef(0);
  return (
    <>
      <CommandDialog label="Search" open={open} onOpenChange={onOpenChange}>
        <Finder
          onDone={() => onOpenChange(false)}
          onAct={(next) => {
            count.current += 1;
            setChosen(next);
          }}
        />
      </CommandDialog>
      {chosen === null ? null : (
        <OnDemand
          key={count.current}
          load={loadActOnVm}
          props={{ chosen, onDone: () => setChosen(null) }}
          missing="Nothing was done"
        />
      )}
    </>
  );
}

/** Only who acts needs it. */
const loadActOnVm = () => import("@/components/vm-actions/act-on-vm").then((module) => module.ActOnVm);

const NOTHING_KNOWN = { vms: [], hosts: [], clusters: [] };

interface FinderProps {
  onDone: () => void;
  onAct: (chosen: VmChosen) => void;
}

function Finder({ onDone, onAct }: FinderProps) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const { inventory } = useInventory();
  const recent = useRecentJobs().data?.jobs;
  // What was done last is at hand; whoever looks for something else begins to type.
  const kept = useKeptJobs(query.trim() !== "").data?.jobs;
  const known = useMemo(() => (inventory ? inventoryEntries(inventory) : NOTHING_KNOWN), [inventory]);
  const jobs = useMemo(() => jobEntries(kept ?? recent ?? []), [kept, recent]);
  const path = usePathname();
  const here = useMemo(
    () => known.vms.find(({ action }) => "href" in action && action.href === path)?.vm,
    [known, path],
  );
  const [highlighted, setHighlighted] = useState<Entry>();
  const [subjectKey, setSubjectKey] = useState<string | null>(null);
  const subject = subjectKey === null ? undefined : known.vms.find(({ key }) => key === subjectKey);
  const groups = useMemo(
    () => (subject?.vm ? entriesOfVm(asked, subject, subject.vm) : entriesFor(asked, known, jobs, here)),
    [asked, known, jobs, here, subject],
  );

  function turnTo(key: string | null) {
    setSubjectKey(key);
    setQuery("");
  }

  /** → goes from a VM to what can be done with it, and Backspace where nothing is typed goes back. */
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const { selectionStart, value } = event.currentTarget;
    if (
      event.key === "ArrowRight" &&
      selectionStart === value.length &&
      highlighted?.kind === "vm" &&
      !subject
    ) {
      event.preventDefault();
      turnTo(highlighted.key);
    } else if (event.key === "Backspace" && value === "" && subject) {
      event.preventDefault();
      turnTo(null);
    }
  }

  return (
    <CommandList
      label={subject ? `What to do with ${subject.label}` : "Search pages, VMs, hosts, clusters and jobs"}
      placeholder={
        subject
          ? `What to do with ${subject.label}`
          : "Search pages, VMs, hosts, clusters, jobs, or what to do"
      }
      query={query}
      onQuery={setQuery}
      groups={groups}
      keyOf={({ key }) => key}
      labelOf={({ label }) => label}
      render={(entry) => <Line entry={entry} />}
      isUnavailable={({ unavailable }) => unavailable !== undefined}
      onHighlight={setHighlighted}
      onKeyDown={onKeyDown}
      foot={footOf(highlighted, subject)}
      onChoose={({ action }) => {
        onDone();
        if ("theme" in action) applyTheme(action.theme);
        else if ("choice" in action) onAct(action);
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

function footOf(highlighted: Entry | undefined, subject: Entry | undefined): ReactNode {
  if (subject) {
    return (
      <>
        <Kbd>Backspace</Kbd> back to the search
      </>
    );
  }
  if (highlighted?.kind !== "vm") return null;
  return (
    <>
      <Kbd>Enter</Kbd> opens it · <Kbd>→</Kbd> what can be done with it
    </>
  );
}

const ICONS: Record<EntryKind, LucideIcon> = {
  page: SquareArrowRight,
  theme: Paint,
  vm: Monitor,
  action: Zap,
  host: Server,
  cluster: Boxes,
  job: ListChecks,
};

function Line({ entry: { kind, label, hint, tone, unavailable } }: { entry: Entry }) {
  const Icon = ICONS[kind];
  return (
    <>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted group-data-highlighted:text-accent" />
      <span className={`min-w-0 flex-1 ${unavailable ? "py-1 text-muted" : "truncate"}`}>
        {label}
        {unavailable ? <span className="block text-xs">{unavailable}</span> : null}
      </span>
      {hint ? (
        <span className="flex shrink-0 items-center gap-1.5 text-muted text-xs">
          {tone ? <StateDot tone={tone} /> : null}
          {hint}
        </span>
      ) : null}
      <CornerDownLeft
        aria-hidden="true"
        className={`invisible size-3.5 text-accent ${unavailable ? "" : "group-data-highlighted:visible"}`}
      />
    </>
  );
}
