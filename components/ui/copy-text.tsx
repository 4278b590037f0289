"use client";

import { Check, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { outcomeWords, useCopy } from "./copy-button";

interface CopyTextProps {
  /** What it is, for the button's name: "Copy …". */
  what: string;
  text: string;
  /** What is shown in its place. */
  shown?: ReactNode;
  mono?: boolean;
}

/** A value that one takes elsewhere, with a small button that copies it. */
export function CopyText({ what, text, shown = text, mono = false }: CopyTextProps) {
  const [outcome, copy] = useCopy(text);
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className={`min-w-0 [overflow-wrap:anywhere] ${mono ? "font-mono text-xs" : ""}`}>{shown}</span>
      <button
        type="button"
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
        className="grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-raised hover:text-ink"
        onClick={copy}
      >
        <Icon aria-hidden="true" className={`size-3.5 ${outcome === "copied" ? "text-ok" : ""}`} />
      </button>
      <span role="status" className="not-empty:mr-1 text-muted text-xs">
        {outcomeWords(outcome)}
      </span>
    </span>
  );
}
