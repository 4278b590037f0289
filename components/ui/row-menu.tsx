"use client";

import { Ellipsis } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "./icon-button";
import { Menu, MenuItem } from "./menu";

export interface RowAction {
  label: string;
  tone?: "plain" | "danger";
  /** Why it cannot be done now; undefined: it can. */
  unavailable: string | undefined;
  /** @param from what has the focus again afterwards */
  onSelect: (from: HTMLElement | null) => void;
}

interface RowMenuProps {
  /** What the row is about. */
  label: string;
  actions: readonly RowAction[];
}

/** What can be done with the thing of one row: what cannot be done now stays there, and says why. */
export function RowMenu({ label, actions }: RowMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Menu align="end" trigger={<IconButton ref={button} label={`Actions for ${label}`} Icon={Ellipsis} />}>
      {actions.map(({ label: name, tone = "plain", unavailable, onSelect }) => (
        <MenuItem key={name} tone={tone} unavailable={unavailable} onSelect={() => onSelect(button.current)}>
          {name} …
        </MenuItem>
      ))}
    </Menu>
  );
}
