"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { OnDemand } from "@/components/shared/on-demand";
import { Kbd } from "@/components/ui/kbd";

const loadPalette = () => import("./palette/palette").then((module) => module.Palette);

/** Opens the palette, which is loaded when it is first wanted; so does Ctrl+K (⌘K), wherever one is. */
export function SearchButton() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const [mac, setMac] = useState(false);
  useEffect(() => setMac(navigator.platform.startsWith("Mac")), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.altKey || event.shiftKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        aria-label="Search"
        aria-keyshortcuts="Control+K Meta+K"
        aria-haspopup="dialog"
        className="flex size-9 items-center justify-center gap-2 rounded-md text-muted hover:bg-raised hover:text-ink lg:h-8 lg:w-full lg:justify-start lg:border lg:border-line lg:bg-surface lg:px-2.5 lg:text-sm lg:shadow-xs lg:hover:border-edge lg:hover:bg-surface"
        onPointerEnter={() => void loadPalette().catch(() => undefined)}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Search aria-hidden="true" className="size-4 lg:size-3.5" />
        <span className="hidden flex-1 text-left lg:inline">Search</span>
        <span className="hidden lg:inline">
          <Kbd>{mac ? "⌘ K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      {wanted ? (
        <OnDemand
          load={loadPalette}
          props={{ open, onOpenChange: setOpen }}
          missing="The search cannot be shown"
        />
      ) : null}
    </>
  );
}
