"use client";

import { useSearchParams } from "next/navigation";
import { LoadFailure } from "@/components/shared/load-failure";
import { NewVmLink } from "@/components/shared/new-vm-link";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { useAddressParameters } from "@/lib/client/address";
import { serverNow } from "@/lib/client/api";
import { useJobs } from "@/lib/client/job-hooks";
import type { JobList as Jobs } from "@/lib/domain/job";
import { JobFilters } from "./job-filters";
import { JobPages } from "./job-pages";
import { FILTERS, filterOf, onFirstPage, pageOf, readQuery, sortOf } from "./job-query";
import { JobTable } from "./job-table";
import { NoJobs } from "./no-jobs";

/** Every job that is kept, as its address asks for them: filter, order and page. */
export function JobList() {
  const asked = useSearchParams();
  const query = readQuery(asked);
  const address = useAddressParameters();
  const go = (changes: Record<string, string>) => address.go(onFirstPage(changes));
  const { data, error, mutate } = useJobs(asked.toString(), () => filterOf(query, serverNow()));
  const filtered = FILTERS.some((name) => query.get(name));

  return (
    <>
      <PageHeader title="Jobs" summary={data ? summaryOf(data, filtered) : null} actions={<NewVmLink />} />
      <div className="space-y-4">
        <LoadFailure
          failure={error}
          what="The jobs"
          shown={data !== undefined}
          onRetry={() => void mutate()}
        />
        <JobFilters query={query} onChange={go} />
        {content()}
      </div>
    </>
  );

  function content() {
    if (!data) return error ? null : <LoadingRows label="Loading the jobs" />;
    if (data.jobs.length > 0) {
      return (
        <>
          <JobTable
            jobs={data.jobs}
            caption="Jobs"
            order={{ sort: sortOf(query), onSort: (sort) => go({ sort: sort === "-created" ? "" : sort }) }}
          />
          {pages(data.total)}
        </>
      );
    }
    if (data.total > 0) {
      return <Empty title="There are fewer jobs than that">{pages(data.total)}</Empty>;
    }
    if (filtered) {
      return (
        <Empty title="No job matches">
          <Button onClick={() => go(Object.fromEntries(FILTERS.map((name) => [name, ""])))}>
            Show all jobs
          </Button>
        </Empty>
      );
    }
    return <NoJobs />;
  }

  function pages(total: number) {
    return (
      <JobPages
        page={pageOf(query)}
        total={total}
        onTurn={(page) => go({ page: page <= 1 ? "" : String(page) })}
      />
    );
  }
}

function summaryOf({ total, unfinished }: Jobs, filtered: boolean): string {
  const count = `${total} ${total === 1 ? "job" : "jobs"}${filtered ? (total === 1 ? " matches" : " match") : ""}`;
  const work = unfinished === 0 ? "none at work" : `${unfinished} at work`;
  return `${count}, ${work}; kept in memory until the server restarts`;
}
