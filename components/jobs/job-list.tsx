"use client";

import { useState } from "react";
import { LoadFailure } from "@/components/shared/load-failure";
import { NewVmLink } from "@/components/shared/new-vm-link";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { useJobs } from "@/lib/client/hooks";
import { isTerminal, JOB_STATES } from "@/lib/domain/job";
import { JobTable } from "./job-table";
import { stateWord } from "./job-words";
import { NoJobs } from "./no-jobs";

/** As many as the server keeps by default. */
const LIMIT = 500;

export function JobList() {
  const [state, setState] = useState("");
  const [withSteps, setWithSteps] = useState(false);
  const { data, error, mutate } = useJobs({ limit: LIMIT, state, top_level: !withSteps });
  const jobs = data?.jobs ?? [];
  const active = jobs.filter((job) => !isTerminal(job.state)).length;

  return (
    <>
      <PageHeader
        title="Jobs"
        summary={
          data
            ? `${active === 0 ? "None" : active} at work; jobs are kept in memory until the server restarts`
            : null
        }
        actions={<NewVmLink />}
      />
      <div className="space-y-4">
        <LoadFailure
          failure={error}
          what="The jobs"
          shown={data !== undefined}
          onRetry={() => void mutate()}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <label className="flex items-center gap-2">
            <span className="text-muted">State</span>
            <select
              className="min-h-9 rounded-md border border-edge bg-surface px-2"
              value={state}
              onChange={(event) => setState(event.target.value)}
            >
              <option value="">all</option>
              {JOB_STATES.map((each) => (
                <option key={each} value={each}>
                  {stateWord(each)}
                </option>
              ))}
            </select>
          </label>
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={withSteps}
              onChange={(event) => setWithSteps(event.target.checked)}
            />
            Show the steps of deployments
          </label>
        </div>
        {content()}
      </div>
    </>
  );

  function content() {
    if (!data) return error ? null : <LoadingRows label="Loading the jobs" />;
    if (jobs.length > 0) return <JobTable jobs={jobs} caption="Jobs" />;
    if (state !== "") return <Empty title={`No job is in the state “${stateWordOf(state)}”`} />;
    return <NoJobs />;
  }
}

function stateWordOf(state: string): string {
  const known = JOB_STATES.find((each) => each === state);
  return known ? stateWord(known) : state;
}
