import { JobTable } from "@/components/jobs/job-table";
import { LoadFailure } from "@/components/shared/load-failure";
import { Empty } from "@/components/ui/empty";
import { LoadingRows } from "@/components/ui/loading";
import type { useJobs } from "@/lib/client/job-hooks";

/** The jobs that were done on a VM, of those that are kept. */
export function VmJobs({ jobs: { data, error, mutate } }: { jobs: ReturnType<typeof useJobs> }) {
  return (
    <div className="space-y-3">
      <LoadFailure
        failure={error}
        what="The VM's jobs"
        shown={data !== undefined}
        onRetry={() => void mutate()}
      />
      {data === undefined ? (
        error ? null : (
          <LoadingRows label="Loading the VM's jobs" />
        )
      ) : data.jobs.length === 0 ? (
        <Empty title="No jobs">None was done on this VM since the server started.</Empty>
      ) : (
        <>
          <JobTable jobs={data.jobs} caption="Jobs of this VM" />
          {data.total > data.jobs.length ? (
            <p className="text-muted">
              The latest {data.jobs.length} of {data.total}.
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
