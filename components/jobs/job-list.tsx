"use client";

import Link from "next/link";
import { useState } from "react";
import { FailureAlert } from "@/components/shared/failure-alert";
import { buttonLook } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { useJobs } from "@/lib/client/hooks";
import { isTerminal, JOB_STATES } from "@/lib/domain/job";
import { JobTable } from "./job-table";
import { stateWord } from "./job-words";

/** As many as the server keeps by default. */
const LIMIT = 500;

export function JobList() {
  const [state, setState] = useState("");
  const [withSteps, setWithSteps] = useState(false);
  const { data, error, mutate } = useJobs({ limit: LIMIT, state });
  const jobs = data?.jobs.filter((job) => withSteps || job.parent_job_id === null) ?? [];
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
        actions={
          <Link href="/vms/new" className={buttonLook("primary")}>
            New VM
          </Link>
        }
      />
      <div className="space-y-4">
        {error ? (
          <FailureAlert
            failure={error}
            title={
              data
                ? "The list could not be refreshed: this is what was known last"
                : "The jobs could not be loaded"
            }
            onRetry={() => void mutate()}
          />
        ) : null}
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
    return (
      <Empty title="No jobs since the server started">
        <TextLink href="/vms/new">Create a VM</TextLink> and its job appears here.
      </Empty>
    );
  }
}

function stateWordOf(state: string): string {
  const known = JOB_STATES.find((each) => each === state);
  return known ? stateWord(known) : state;
}
