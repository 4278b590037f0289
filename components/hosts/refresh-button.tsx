"use client";

import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { readHostsAgain } from "@/lib/client/inventory-store";

interface RefreshButtonProps {
  /** The host to read; without it, all of them. */
  host?: string;
  children: string;
  /** What the last press threw; null: it went well. */
  onOutcome: (failure: unknown) => void;
}

/** Has hosts read again, and turns until the page shows what they said. */
export function RefreshButton({ host, children, onOutcome }: RefreshButtonProps) {
  const [pending, setPending] = useState(false);
  const refresh = async () => {
    setPending(true);
    try {
      await readHostsAgain(host);
      onOutcome(null);
    } catch (failure) {
      onOutcome(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <Button pending={pending} onClick={() => void refresh()}>
      <RefreshCw aria-hidden="true" className={`size-4 ${pending ? "motion-safe:animate-spin" : ""}`} />
      {children}
    </Button>
  );
}
