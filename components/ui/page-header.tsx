import type { ReactNode } from "react";

interface PageHeaderProps {
  title: ReactNode;
  /** One line below the title: what the page shows, and as of when. */
  summary?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, summary, actions }: PageHeaderProps) {
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="break-words font-semibold text-xl leading-8">{title}</h1>
        {summary ? <div className="text-muted">{summary}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
