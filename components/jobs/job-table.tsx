import { Time } from "@/components/shared/time";
import { RowHeader, Table, Td, Th } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { Elapsed } from "./elapsed";
import { JobStateBadge } from "./job-state-badge";
import { jobTitle } from "./job-words";

export function JobTable({ jobs, caption }: { jobs: readonly JobView[]; caption: string }) {
  return (
    <Table
      caption={caption}
      head={
        <>
          <Th>Job</Th>
          <Th>State</Th>
          <Th>Host</Th>
          <Th>Asked by</Th>
          <Th>Created</Th>
          <Th className="text-right">Duration</Th>
        </>
      }
    >
      {jobs.map((job) => (
        <tr key={job.job_id} className="hover:bg-raised/60">
          <RowHeader className={job.parent_job_id === null ? "" : "pl-8 font-normal"}>
            <TextLink href={`/jobs/${encodeURIComponent(job.job_id)}`}>{jobTitle(job)}</TextLink>
            {job.error ? <p className="max-w-prose font-normal text-muted">{job.error.message}</p> : null}
          </RowHeader>
          <Td>
            <JobStateBadge state={job.state} />
          </Td>
          <Td>{job.host}</Td>
          <Td>{job.actor}</Td>
          <Td>
            <Time iso={job.created_at} />
          </Td>
          <Td className="text-right">
            <Elapsed span={job} running={!isTerminal(job.state)} />
          </Td>
        </tr>
      ))}
    </Table>
  );
}
