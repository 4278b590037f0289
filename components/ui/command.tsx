"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { BACKDROP_LOOK } from "./dialog-look";
import { Kbd } from "./kbd";

interface CommandDialogProps {
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A `CommandList`. What it remembers is forgotten when the dialog closes. */
  children: ReactNode;
}

/** Over the page: a box to type into, and what fits. */
export function CommandDialog({ label, open, onOpenChange, children }: CommandDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP_LOOK} />
        <Dialog.Popup
          aria-label={label}
          className="fade fixed inset-x-2 top-[min(12dvh,7rem)] z-50 mx-auto flex max-h-[min(34rem,76dvh)] max-w-xl flex-col overflow-hidden rounded-lg border border-line bg-surface text-ink shadow-float outline-none"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export interface CommandGroup<Item> {
  /** Its heading. */
  value: string;
  items: Item[];
}

interface CommandListProps<Item> {
  /** What is searched; not shown. */
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  /** What fits the query: the caller's to find. */
  groups: readonly CommandGroup<Item>[];
  keyOf: (item: Item) => string;
  labelOf: (item: Item) => string;
  /** A line; `group-data-highlighted` says that it is the one that Enter chooses. */
  render: (item: Item) => ReactNode;
  onChoose: (item: Item) => void;
  /** Whether it cannot be chosen now; it can be reached all the same, and says why. */
  isUnavailable?: (item: Item) => boolean;
  /** The line that Enter would choose; undefined: there is none. */
  onHighlight?: (item: Item | undefined) => void;
  /** Before the list sees a key; `event.preventDefault()` keeps it from it. */
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** What to say where nothing fits. */
  empty: string;
  /** Below the list: what else one can do; read out with the box. */
  foot?: ReactNode;
}

/** A combobox whose list is always there: arrows move in it while one types, Enter chooses. */
export function CommandList<Item>(props: CommandListProps<Item>) {
  const { label, placeholder, query, onQuery, groups, keyOf, labelOf, render, onChoose, empty } = props;
  const { isUnavailable, onHighlight, onKeyDown, foot } = props;
  const footId = useId();
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      mode="none"
      autoHighlight="always"
      keepHighlight
      itemToStringValue={labelOf}
      onItemHighlighted={(item: Item | undefined) => onHighlight?.(item)}
      value={query}
      onValueChange={(value, { reason }) => {
        if (reason !== "item-press") onQuery(value);
      }}
    >
      <div className="flex shrink-0 items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <Autocomplete.Input
          aria-label={label}
          aria-describedby={foot ? footId : undefined}
          placeholder={placeholder}
          onKeyDown={onKeyDown}
          className="min-h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted"
        />
        <Dialog.Close className="min-h-6 shrink-0 rounded-sm" aria-label="Close the search">
          <Kbd>Esc</Kbd>
        </Dialog.Close>
      </div>
      <Autocomplete.Empty>
        <p className="px-2 py-6 text-center text-muted">{empty}</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 empty:hidden">
        {(group: CommandGroup<Item>) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-2">
            <Autocomplete.GroupLabel className="px-2 pt-1 pb-1 font-medium text-muted text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: Item) => (
                <Autocomplete.Item
                  key={keyOf(item)}
                  value={item}
                  aria-disabled={isUnavailable?.(item) || undefined}
                  className="group flex min-h-9 cursor-pointer select-none aria-disabled:cursor-not-allowed scroll-my-2 items-center gap-2.5 rounded-md px-2 text-sm outline-none data-highlighted:bg-accent-wash"
                  onClick={() => {
                    if (!isUnavailable?.(item)) onChoose(item);
                  }}
                >
                  {render(item)}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      {foot ? (
        <p id={footId} className="shrink-0 border-line border-t px-4 py-2 text-muted text-xs">
          {foot}
        </p>
      ) : null}
    </Autocomplete.Root>
  );
}
