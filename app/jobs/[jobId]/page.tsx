import type { Metadata } from "next";
import { pathPart } from "@/app/path-part";
import { JobDetail } from "@/components/jobs/job-detail";

export const metadata: Metadata = { title: "Job" };

export default async function JobPage({ params }: { params: Promise<{ jobId: string }> }) {
  const { jobId } = await params;
  return <JobDetail jobId={pathPart(jobId)} />;
}
