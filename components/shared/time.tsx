"use client";

import { formatAge, formatTime, formatUtc } from "@/lib/client/format";
import { useNow } from "@/lib/client/hooks";

/** A moment in local time; UTC on hover. */
export function Time({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={formatUtc(iso)} className="whitespace-nowrap">
      {formatTime(iso)}
    </time>
  );
}

/** How long ago, kept current. */
export function Age({ iso }: { iso: string }) {
  const now = useNow();
  return (
    <time dateTime={iso} title={formatUtc(iso)} className="whitespace-nowrap">
      {formatAge(now - Date.parse(iso))}
    </time>
  );
}
