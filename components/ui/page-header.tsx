import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";

interface PageHeaderProps {
  title: ReactNode;
  /** The pages above this one, the outermost first. */
  breadcrumbs?: readonly Crumb[];
  /** Beside the title: the state of what the page is about, as badges. */
  meta?: ReactNode;
  /** One line below the title: what the page shows, and as of when. */
  summary?: ReactNode;
  actions?: ReactNode;
  /** Below, over the whole width: what one wants to know first (`Facts`). */
  facts?: ReactNode;
}

/** What a page is about, and what can be done with it. */
export function PageHeader({ title, breadcrumbs, meta, summary, actions, facts }: PageHeaderProps) {
  return (
    <div className="mb-5">
      {breadcrumbs && breadcrumbs.length > 0 ? <Breadcrumbs crumbs={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">
              {title}
            </h1>
            {meta ? <div className="flex flex-wrap items-center gap-1.5">{meta}</div> : null}
          </div>
          {summary ? <div className="text-muted text-sm">{summary}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {facts ? <div className="mt-4">{facts}</div> : null}
    </div>
  );
}
