import { Button } from "@/components/ui/button";
import { PAGE_SIZE } from "./job-query";

interface JobPagesProps {
  page: number;
  total: number;
  onTurn: (page: number) => void;
}

/** Which of the jobs are in view, and the way to the others. */
export function JobPages({ page, total, onTurn }: JobPagesProps) {
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = Math.min(total, page * PAGE_SIZE);
  if (pages === 1 && page === 1) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center gap-3">
      <Button disabled={page <= 1} onClick={() => onTurn(Math.min(page - 1, pages))}>
        Previous page
      </Button>
      <span className="text-muted">
        {first <= last ? `${first}–${last} of ${total}` : `page ${page} of ${pages}`}
      </span>
      <Button disabled={page >= pages} onClick={() => onTurn(page + 1)}>
        Next page
      </Button>
    </nav>
  );
}
