import type { ReactNode } from "react";

/** What one opens when one wants it. */
export function Fold({ title, meta, children }: { title: string; meta?: string; children: ReactNode }) {
  return (
    <details className="text-sm">
      <summary className="inline-block min-h-6 cursor-pointer rounded-sm font-medium text-accent hover:underline">
        {title}
        {meta === undefined ? null : <span className="ml-2 font-normal text-muted">{meta}</span>}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
