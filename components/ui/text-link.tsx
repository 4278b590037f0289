import Link from "next/link";
import type { ComponentProps } from "react";

/** A link within text or a table. */
export function TextLink({ className = "", ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={`text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent ${className}`}
      {...rest}
    />
  );
}
