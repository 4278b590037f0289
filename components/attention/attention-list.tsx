"use client";

import { ChevronDown, CircleCheck } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Age } from "@/components/shared/time";
import { VisibleText } from "@/components/shared/visible-text";
import { CodeText } from "@/components/ui/code-text";
import { StateDot } from "@/components/ui/state-dot";
import { TextLink } from "@/components/ui/text-link";
import { type AttentionGroup, groupsOf } from "@/lib/domain/attention";
import type { AttentionItem, Severity } from "@/lib/domain/attention/item";
import { visibleText } from "@/lib/domain/visible-text";
import { addressOf, SEVERITY_TONES, titleOf, verdictOf } from "./attention-words";

/** So many of one kind are told one by one; more are behind a button. */
const TOLD = 3;

interface AttentionListProps {
  /** The worst first. */
  items: readonly AttentionItem[];
  /** What the verdict rests on, where nothing is wrong: how much was read, and when. Without it, nothing is said. */
  calm?: ReactNode;
  /** On the page of the host itself, which has the test of its connection. */
  ofHost?: boolean;
}

/** What needs attention, before everything else; and where nothing does, that. */
export function AttentionList({ items, calm, ofHost = false }: AttentionListProps) {
  const id = useId();
  const counts = countsOf(items);
  const isCalm = counts.critical === 0 && counts.warning === 0;
  if (items.length === 0 && calm === undefined) return null;
  const edge = counts.critical > 0 ? "border-bad/45" : isCalm ? "border-line" : "border-warn/45";
  const wash = counts.critical > 0 ? "bg-bad-wash text-bad" : isCalm ? "" : "bg-warn-wash text-warn";
  return (
    <section aria-labelledby={id} className={`overflow-hidden rounded-lg border bg-surface ${edge}`}>
      <div className={`flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 ${wash}`}>
        {isCalm ? <CircleCheck aria-hidden="true" className="size-5 text-ok" /> : null}
        <h2 id={id} className="font-semibold text-lg">
          {verdictOf(counts)}
        </h2>
        {isCalm && calm ? <p className="text-muted text-sm">{calm}</p> : null}
      </div>
      {items.length === 0 ? null : (
        <ul className="divide-y divide-line border-line border-t">
          {groupsOf(items).map((group) => (
            <GroupRow key={`${group.severity}/${group.kind}`} group={group} ofHost={ofHost} />
          ))}
        </ul>
      )}
    </section>
  );
}

function countsOf(items: readonly AttentionItem[]): Record<Severity, number> {
  const counts = { critical: 0, warning: 0, notice: 0 };
  for (const { severity } of items) counts[severity] += 1;
  return counts;
}

function GroupRow({ group, ofHost }: { group: AttentionGroup; ofHost: boolean }) {
  const { kind, severity, items } = group;
  const [open, setOpen] = useState(false);
  const listId = useId();
  const [first] = items;
  const alike = items.every((item) => item.next === first?.next) ? first?.next : undefined;
  const shown = open ? items : items.slice(0, TOLD);
  return (
    <li className="grid gap-x-6 gap-y-1 px-4 py-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-3">
        <span className="flex h-[1.375rem] items-center">
          <StateDot tone={SEVERITY_TONES[severity]} label={severity} />
        </span>
        <div className="min-w-0">
          <h3 className="font-medium">{titleOf(kind, items.length)}</h3>
          {alike === undefined ? null : <Next text={alike} />}
        </div>
      </div>
      <div className="min-w-0 pl-5 lg:pl-0">
        <ul id={listId} className="space-y-0.5">
          {shown.map((item) => (
            <ItemLine key={item.id} item={item} withNext={alike === undefined} ofHost={ofHost} />
          ))}
        </ul>
        {items.length > TOLD ? (
          <button
            type="button"
            aria-expanded={open}
            aria-controls={listId}
            className="inline-flex min-h-6 items-center gap-1 rounded text-accent text-sm hover:underline"
            onClick={() => setOpen(!open)}
          >
            <ChevronDown aria-hidden="true" className={`size-4 ${open ? "rotate-180" : ""}`} />
            {open ? "Show fewer" : `${items.length - TOLD} more`}
          </button>
        ) : null}
      </div>
    </li>
  );
}

interface ItemLineProps {
  item: AttentionItem;
  withNext: boolean;
  ofHost: boolean;
}

function ItemLine({ item, withNext, ofHost }: ItemLineProps) {
  return (
    <li>
      <p className="[overflow-wrap:anywhere]">
        <What item={item} />
        {item.since === null ? null : (
          <span className="text-muted text-sm">
            {" "}
            · <Age iso={item.since} />
          </span>
        )}
        {item.kind === "host_unreachable" && !ofHost ? (
          <>
            {" "}
            <TextLink href={addressOf(item.place)} prefetch={false} className="whitespace-nowrap text-sm">
              Test the connection<span className="sr-only"> to {item.place.name}</span>
            </TextLink>
          </>
        ) : null}
      </p>
      {withNext ? <Next text={item.next} /> : null}
    </li>
  );
}

/** The sentence, with the place's name in it as the link there. */
function What({ item: { what, place } }: { item: AttentionItem }) {
  const at = what.indexOf(place.name);
  const link = (
    <TextLink href={addressOf(place)} prefetch={false} className="font-medium">
      <VisibleText text={place.name} />
    </TextLink>
  );
  if (at === -1) {
    return (
      <>
        {link}: <CodeText text={visibleText(what, true)} />
      </>
    );
  }
  return (
    <>
      <CodeText text={visibleText(what.slice(0, at), true)} />
      {link}
      <CodeText text={visibleText(what.slice(at + place.name.length), true)} />
    </>
  );
}

function Next({ text }: { text: string }) {
  return (
    <p className="text-muted text-sm [overflow-wrap:anywhere]">
      <CodeText text={text} />
    </p>
  );
}
