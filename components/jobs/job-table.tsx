import Link from "next/link";
import { jobAddress, vmAddress } from "@/components/shared/addresses";
import { Time } from "@/components/shared/time";
import { VisibleText } from "@/components/shared/visible-text";
import { SortHead } from "@/components/ui/sort-head";
import { RowHeader, Table, Td } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { isTerminal, type JobView } from "@/lib/domain/job";
import { visibleText } from "@/lib/domain/visible-text";
import { Elapsed } from "./elapsed";
import { JobStateBadge } from "./job-state-badge";
import { jobWord } from "./job-words";

interface Order {
  /** A column's key; with `-` in front: the other way round. */
  sort: string;
  onSort: (sort: string) => void;
}

interface JobTableProps {
  jobs: readonly JobView[];
  caption: string;
  /** Given where the columns can be sorted by. */
  order?: Order;
}

/** The columns by their key. What is new or long comes first when one sorts by it. */
const COLUMNS = [
  { key: "vm", header: "VM", sortable: "ascending" },
  { key: "state", header: "State", sortable: "ascending" },
  { key: "kind", header: "Job", sortable: "ascending" },
  { key: "host", header: "Host", sortable: "ascending" },
  { key: "actor", header: "Asked by", sortable: "ascending" },
  { key: "created", header: "Created", sortable: "descending" },
  { key: "duration", header: "Duration", sortable: "descending", align: "right" },
] as const;

export function JobTable({ jobs, caption, order }: JobTableProps) {
  return (
    <Table
      caption={caption}
      head={COLUMNS.map((column) => (
        <SortHead
          key={column.key}
          column={column}
          sort={order?.sort}
          onSort={order?.onSort}
          className={`h-8 ${column.key === "duration" ? "text-right" : ""}`}
        />
      ))}
    >
      {jobs.map((job) => (
        <JobRow key={job.job_id} job={job} />
      ))}
    </Table>
  );
}

function JobRow({ job }: { job: JobView }) {
  const about = job.vm_name === null ? job.vm_id : visibleText(job.vm_name);
  return (
    <tr className="hover:bg-raised/60">
      <RowHeader className="w-px max-w-40 truncate sm:max-w-72" title={about ?? undefined}>
        <AboutVm job={job} />
      </RowHeader>
      <Td>
        <JobStateBadge state={job.state} />
      </Td>
      <Td className="min-w-52">
        <TextLink href={jobAddress(job.job_id)}>
          {jobWord(job)}
          {about === null ? null : <span className="sr-only">: {about}</span>}
        </TextLink>
        {job.parent_job_id === null ? null : <span className="text-muted"> (step)</span>}
        {job.error ? (
          <p className="line-clamp-2 max-w-prose text-muted">{visibleText(job.error.message, true)}</p>
        ) : null}
      </Td>
      <Td className="max-w-48 truncate" title={job.host}>
        {job.host}
      </Td>
      <Td className="max-w-48 truncate" title={job.actor}>
        {job.actor}
      </Td>
      <Td>
        <Time iso={job.created_at} />
      </Td>
      <Td className="text-right">
        <Elapsed span={job} running={!isTerminal(job.state)} />
      </Td>
    </tr>
  );
}

/** The VM that a job is about; once there is one, it leads there. */
function AboutVm({ job: { vm_id, vm_name } }: { job: JobView }) {
  const name = vm_name === null ? null : <VisibleText text={vm_name} />;
  if (vm_id === null) return name ?? <span className="text-muted">none</span>;
  return (
    <Link href={vmAddress(vm_id)} prefetch={false} className="text-ink no-underline hover:underline">
      {name ?? vm_id}
    </Link>
  );
}
