"use client";

import { ChevronDown, ChevronUp, Copy, Download, Pause, Play, WrapText } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { counted } from "@/lib/domain/amounts";
import type { LogSearch } from "./use-log-search";

interface LogToolbarProps {
  search: LogSearch;
  onGo: (by: 1 | -1) => void;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  /** null: nothing comes any more. */
  following: boolean | null;
  onFollow: (following: boolean) => void;
  /** Lines that came since it was paused. */
  unseen: number;
  /** The log as text, and a name for its file; null: the job is not loaded yet. */
  text: (() => string) | null;
  fileName: string;
}

export function LogToolbar(props: LogToolbarProps) {
  const { search, onGo, wrap, onWrap, following, onFollow, unseen, text, fileName } = props;
  const [copied, setCopied] = useState<"" | "Copied" | "The browser did not allow it: use Download">("");

  async function copy() {
    if (text === null) return;
    setCopied("");
    try {
      await navigator.clipboard.writeText(text());
      setCopied("Copied");
    } catch {
      setCopied("The browser did not allow it: use Download");
    }
  }

  return (
    <div className="flex flex-wrap items-center gap-2">
      <search aria-label="Log" className="flex min-w-0 flex-1 basis-56 items-center gap-0.5">
        <input
          type="search"
          aria-label="Search the log"
          placeholder="Search the log"
          autoComplete="off"
          spellCheck={false}
          className="min-h-8 w-full min-w-24 max-w-64 rounded-md border border-edge bg-surface px-2 placeholder:text-muted"
          value={search.text}
          onChange={(event) => search.setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            onGo(event.shiftKey ? -1 : 1);
          }}
        />
        <IconButton label="Previous match" Icon={ChevronUp} onClick={() => onGo(-1)} />
        <IconButton label="Next match" Icon={ChevronDown} onClick={() => onGo(1)} />
        <span aria-live="polite" className="ml-1 whitespace-nowrap text-muted text-xs">
          {countOf(search)}
        </span>
      </search>
      <div className="flex flex-wrap items-center gap-0.5">
        <span aria-live="polite" className="text-muted text-xs">
          {copied}
        </span>
        {following === null ? null : (
          <Button tone={following ? "quiet" : "plain"} className="px-2" onClick={() => onFollow(!following)}>
            {following ? (
              <Pause aria-hidden="true" className="size-4" />
            ) : (
              <Play aria-hidden="true" className="size-4" />
            )}
            {following ? "Pause" : "Resume"}
            {following || unseen === 0 ? null : <span className="font-normal">{unseen} new</span>}
          </Button>
        )}
        <Button
          tone="quiet"
          aria-pressed={wrap}
          className="px-2 aria-pressed:bg-raised"
          onClick={() => onWrap(!wrap)}
        >
          <WrapText aria-hidden="true" className="size-4" />
          Wrap
        </Button>
        <Button tone="quiet" className="px-2" onClick={() => void copy()}>
          <Copy aria-hidden="true" className="size-4" />
          Copy
        </Button>
        <Button
          tone="quiet"
          className="px-2"
          onClick={() => {
            if (text !== null) download(fileName, text());
          }}
        >
          <Download aria-hidden="true" className="size-4" />
          Download
        </Button>
      </div>
    </div>
  );
}

function IconButton({
  label,
  Icon,
  onClick,
}: {
  label: string;
  Icon: typeof ChevronUp;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-raised hover:text-ink"
      onClick={onClick}
    >
      <Icon aria-hidden="true" className="size-4" />
    </button>
  );
}

function countOf({ text, query, matches, current }: LogSearch): string {
  if (text === "" || text !== query) return "";
  if (matches.length === 0) return "no line";
  const lines = counted(matches.length, "line");
  return current === null ? lines : `${matches.indexOf(current) + 1} of ${lines}`;
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken what it needs once this task is over.
  setTimeout(() => URL.revokeObjectURL(address));
}
