"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import { type ReactElement, type ReactNode, useEffect, useRef } from "react";

interface MenuProps {
  /** What opens it: a `Button` or an `IconButton`. */
  trigger: ReactElement;
  align?: "start" | "end";
  /** `MenuItem`, `MenuLink`, `MenuCheckbox`, `MenuGroup`, `MenuSeparator`. */
  children: ReactNode;
}

const ITEM =
  "flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-sm px-2 text-sm no-underline outline-none " +
  "data-disabled:cursor-not-allowed data-disabled:text-muted data-highlighted:bg-raised";

const POPUP =
  "fade max-h-(--available-height) min-w-44 max-w-[min(26rem,100vw)] overflow-y-auto rounded-lg border border-line bg-surface p-1 text-ink shadow-float outline-none";

/** Actions or choices behind a button: arrow keys, first letters, Escape. */
export function Menu({ trigger, align = "start", children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-none">
          <Base.Popup className={POPUP}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface AnchoredMenuProps {
  /** What it is about; read out when it opens. */
  label: string;
  /** The button that was pressed: it opens beside it, and gives the focus back to it. */
  anchor: HTMLElement;
  /** Its first item has the focus: it was opened by the keyboard. */
  focusFirst: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** One {@link Menu} for many buttons, as in the rows of a table; it is open as long as it is there. */
export function AnchoredMenu({ label, anchor, focusFirst, onClose, children }: AnchoredMenuProps) {
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!focusFirst) return;
    // The menu itself takes the focus first.
    const frame = requestAnimationFrame(() => {
      popup.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [focusFirst]);
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={4} align="end" className="z-50 outline-none">
          <Base.Popup ref={popup} aria-label={label} finalFocus={() => anchor} className={POPUP}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  onSelect: () => void;
  tone?: "plain" | "danger";
  /** Why it cannot be done now; it stays reachable and says so. */
  unavailable?: string | undefined;
  children: ReactNode;
}

/** An action. */
export function MenuItem({ onSelect, tone = "plain", unavailable, children }: MenuItemProps) {
  return (
    <Base.Item
      disabled={unavailable !== undefined}
      className={`${ITEM} ${tone === "danger" ? "text-bad" : ""}`}
      onClick={onSelect}
    >
      <span>
        {children}
        {unavailable ? <span className="block text-muted text-xs">{unavailable}</span> : null}
      </span>
    </Base.Item>
  );
}

/** A page to go to. */
export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.LinkItem className={ITEM} closeOnClick render={<Link href={href} />}>
      {children}
    </Base.LinkItem>
  );
}

interface MenuCheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  children: ReactNode;
}

/** A choice of its own; the menu stays open for the next one. */
export function MenuCheckbox({ checked, onChange, disabled = false, children }: MenuCheckboxProps) {
  return (
    <Base.CheckboxItem className={ITEM} checked={checked} disabled={disabled} onCheckedChange={onChange}>
      <span className="grid size-4 shrink-0 place-items-center">
        <Base.CheckboxItemIndicator>
          <Check aria-hidden="true" className="size-4 text-accent" />
        </Base.CheckboxItemIndicator>
      </span>
      {children}
    </Base.CheckboxItem>
  );
}

/** Items that belong together, under a name. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-muted text-xs">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

/** A line between items. */
export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}
