"use client";

import { PlugZap } from "lucide-react";
import { Button } from "@/components/ui/button";

interface TestButtonProps {
  pending: boolean;
  /** The host does not answer: this is what one wants to know more by. */
  urgent: boolean;
  onClick: () => void;
}

/** Tests the connection to a host. */
export function TestButton({ pending, urgent, onClick }: TestButtonProps) {
  return (
    <Button pending={pending} onClick={onClick} {...(urgent ? { tone: "primary" as const } : {})}>
      <PlugZap aria-hidden="true" className="size-4" />
      Test connection
    </Button>
  );
}
