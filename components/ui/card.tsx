import { type ReactNode, useId } from "react";

interface CardProps {
  title: string;
  /** Beside the title: a count, an age. */
  meta?: ReactNode;
  actions?: ReactNode;
  /** What it holds reaches its edges: a table or a list of rows. */
  flush?: boolean;
  children: ReactNode;
}

/** A section of a page on paper of its own. */
export function Card({ title, meta, actions, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface"
    >
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {meta ? <div className="text-muted text-sm">{meta}</div> : null}
        {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}
