"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";

interface TooltipProps {
  /** A few words more. What one must know does not belong here: a finger has no pointer to rest. */
  text: string;
  /** What it explains: something that takes the focus. Its accessible name stays its own. */
  children: ReactElement;
}

/** A few words more, for the pointer that rests and for the keyboard's focus. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="fade max-w-xs rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-float">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
