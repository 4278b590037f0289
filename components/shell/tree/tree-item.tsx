import { Boxes, ChevronRight, Server } from "lucide-react";
import Link from "next/link";
import { memo, type Ref } from "react";
import { StateDot } from "@/components/ui/state-dot";
import { counted } from "@/lib/domain/amounts";
import type { TreeRow } from "./tree-rows";

interface TreeItemProps {
  row: TreeRow;
  /** Its distance from the top of the tree, in px. */
  top: number;
  /** Its page is the one shown. */
  current: boolean;
  /** The one that Tab leads to. */
  focusable: boolean;
  onFocus: (key: string) => void;
  onOpen: (key: string, open: boolean) => void;
  ref?: Ref<HTMLAnchorElement> | undefined;
}

const INDENTS = ["", "pl-0.5", "pl-4", "pl-8"] as const;
const ICONS = { cluster: Boxes, host: Server } as const;

/** A row of the tree: a link, and before its name what unfolds it. */
export const TreeItem = memo(function TreeItem(props: TreeItemProps) {
  const { row, top, current, focusable, onFocus, onOpen, ref } = props;
  const { key, kind, name, face, stale, open } = row;
  const Icon = kind === "vm" ? null : ICONS[kind];
  const troubled = kind !== "vm" && face.tone !== "ok";
  return (
    <Link
      ref={ref}
      href={row.href}
      prefetch={false}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-expanded={open ?? undefined}
      aria-current={current ? "page" : undefined}
      aria-selected={current}
      tabIndex={focusable ? 0 : -1}
      aria-label={labelOf(row)}
      title={
        row.lastKnown === 0
          ? `${name}: ${face.word}`
          : `${name}: ${face.word}, ${row.lastKnown} VMs last known`
      }
      style={{ top }}
      className={`absolute inset-x-0 flex h-7 items-center gap-1.5 rounded-md pr-2 text-sm outline-offset-[-2px] hover:bg-raised aria-[current=page]:bg-accent-wash aria-[current=page]:text-accent ${INDENTS[row.level]} ${stale ? "text-muted" : ""}`}
      onFocus={() => onFocus(key)}
    >
      {open === null ? (
        <span aria-hidden="true" className={kind === "vm" ? "w-1.5 shrink-0" : "w-6 shrink-0"} />
      ) : (
        <span
          aria-hidden="true"
          className="grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:text-ink"
          onClick={(event) => {
            event.preventDefault();
            onOpen(key, !open);
          }}
        >
          <ChevronRight className={`size-3.5 ${open ? "rotate-90" : ""}`} />
        </span>
      )}
      {Icon ? <Icon aria-hidden="true" className="-ml-1.5 size-3.5 shrink-0 text-muted" /> : null}
      {kind === "vm" ? <StateDot tone={face.tone} /> : null}
      <span className={`min-w-0 truncate ${kind === "vm" ? "" : "font-medium"}`}>{name}</span>
      {troubled ? <StateDot tone={face.tone} /> : null}
      {kind === "vm" ? null : <span className="ml-auto pl-1 text-muted text-xs">{countsOf(row)}</span>}
    </Link>
  );
});

/** `309`; `309 + 52` where more are on hosts that do not answer. */
function countsOf({ vms, lastKnown }: TreeRow): string {
  if (lastKnown === 0) return String(vms);
  return vms === 0 ? `+ ${lastKnown}` : `${vms} + ${lastKnown}`;
}

/** What the dot and the number say, in words. */
function labelOf({ name, face, vms, lastKnown }: TreeRow): string {
  if (vms === null) return `${name}, ${face.word}`;
  const known = lastKnown === 0 ? "" : `, ${lastKnown} last known`;
  if (vms === 0 && known !== "") return `${name}, ${face.word}${known}`;
  return `${name}, ${face.word}, ${counted(vms, "VM")}${known}`;
}
