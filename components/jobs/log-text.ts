import { formatUtc } from "@/lib/client/format";
import { isTerminal, type JobView, type LogLine } from "@/lib/domain/job";
import { jobTitle, stateWord } from "./job-words";

/**
 * The log as plain text, for a ticket or a file: what job it is, then a line each with its time in UTC. A line
 * of several goes on indented.
 */
export function logText(job: JobView, lines: readonly LogLine[], truncated: boolean): string {
  const head = [
    `Job ${job.job_id}`,
    jobTitle(job),
    `State: ${stateWord(job.state)}${job.error ? ` (${job.error.code})` : ""}`,
    `Host: ${job.host}`,
    `Asked by: ${job.actor}`,
    `Created: ${formatUtc(job.created_at)}`,
    ...(job.started_at ? [`Started: ${formatUtc(job.started_at)}`] : []),
    ...(job.ended_at ? [`Ended: ${formatUtc(job.ended_at)}`] : []),
  ];
  const tail = [
    ...(truncated ? ["The log has reached its limit: some lines are missing."] : []),
    ...(isTerminal(job.state) ? [] : ["The job has not ended: more may follow."]),
  ];
  return [...head, "", ...lines.map(lineText), ...(tail.length > 0 ? ["", ...tail] : []), ""].join("\n");
}

function lineText({ time, level, step, text }: LogLine): string {
  const label = `${time}  ${level.padEnd(8)}  ${(step ?? "").padEnd(14)}  `;
  return label + text.replaceAll("\n", `\n${" ".repeat(label.length)}`);
}

/** A name for the file that every file system takes. */
export function logFileName(job: JobView): string {
  const about = (job.vm_name ?? job.kind).replaceAll(/[^\w.-]+/g, "-").slice(0, 64);
  return `${about}-${job.job_id}.txt`;
}
