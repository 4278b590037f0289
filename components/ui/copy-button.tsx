"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

interface CopyButtonProps {
  /** What it copies, for its name: "Copy …". */
  what: string;
  text: string;
}

/** Copies a text and says for two seconds whether it did. */
export function CopyButton({ what, text }: CopyButtonProps) {
  const [outcome, copyText] = useCopy(text);
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Button onClick={copyText}>
      <Icon aria-hidden="true" className="size-4" />
      Copy {what}
      <span role="status" className="not-empty:ml-1 text-muted">
        {outcomeWords(outcome)}
      </span>
    </Button>
  );
}

type Outcome = "copied" | "failed" | null;

/** Copies a text, and knows for two seconds whether it could. */
export function useCopy(text: string): [Outcome, () => void] {
  const [outcome, setOutcome] = useState<Outcome>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  return [outcome, () => void copy(text).then((copied) => setOutcome(copied ? "copied" : "failed"))];
}

export function outcomeWords(outcome: Outcome): string {
  if (outcome === null) return "";
  return outcome === "copied" ? "Copied" : "Not allowed: select it by hand";
}

/** The clipboard is only there over HTTPS and on this machine; elsewhere an older way may do. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "fixed opacity-0";
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
