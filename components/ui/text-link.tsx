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

/** A link that names a row of a table or stands in a list of its like: it is underlined under the pointer only. */
export function RowLink({ className = "", ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link prefetch={false} className={`text-accent no-underline hover:underline ${className}`} {...rest} />
  );
}
