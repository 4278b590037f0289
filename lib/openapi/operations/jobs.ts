import { noFields } from "@/lib/http/body";
import { jobListQuery, jobLogQuery, noQuery } from "@/lib/http/query";
import { type ApiOperation, BODY_PROBLEMS, polledRead, submission } from "../api-operation";

export const jobOperations: readonly ApiOperation[] = [
  submission({
    path: "/managed-deployments",
    id: "createManagedDeployment",
    tag: "deployments",
    summary: "Deploy a VM",
    description:
      "Creates the VM, its disk and its adapter, configures its guest, and clusters it if that is asked for. A failing step ends the job; what exists by then stays, and the job says what that is.",
    body: { target: "managed_deployment" },
    problems: [
      "host_not_found",
      "host_resources_invalid",
      "vm_name_taken",
      "insufficient_memory",
      "cluster_unavailable",
      "image_not_found",
      "image_os_mismatch",
      "disk_smaller_than_image",
      "storage_class_not_found",
      "storage_full",
      "network_not_found",
      "mac_address_taken",
    ],
  }),
  polledRead({
    path: "/managed-deployments/unfinished",
    id: "listUnfinishedDeployments",
    tag: "deployments",
    summary: "List deployments that were left unfinished",
    description:
      "By what the Notes of VMs say, after a crash or a failure. One that a job is at work on is not among them.",
    view: "UnfinishedDeploymentList",
  }),
  submission({
    method: "DELETE",
    path: "/managed-deployments/unfinished/{deployment_id}",
    id: "removeUnfinishedDeployment",
    tag: "deployments",
    summary: "Remove what an unfinished deployment has made",
    description:
      "The VM, which is turned off first, its disk and its adapter, and a virtual hard disk that was only half copied. A VM with a disk of another origin is refused.",
    problems: ["deployment_not_found", "deployment_changed", "vm_has_checkpoints"],
  }),
  polledRead({
    path: "/jobs",
    id: "listJobs",
    tag: "jobs",
    summary: "List jobs",
    description: "Jobs are kept in memory: so many, and so long, as is configured.",
    query: jobListQuery,
    view: "JobList",
  }),
  polledRead({
    path: "/jobs/{job_id}",
    id: "getJob",
    tag: "jobs",
    summary: "Read a job",
    view: "Job",
    problems: ["job_not_found", "job_gone"],
  }),
  polledRead({
    path: "/jobs/{job_id}/log",
    id: "getJobLog",
    tag: "jobs",
    summary: "Read a job's log",
    description: "What was written after a line: who follows a job asks for new lines only.",
    query: jobLogQuery,
    view: "JobLog",
    problems: ["job_not_found", "job_gone"],
  }),
  {
    method: "POST",
    path: "/jobs/{job_id}/cancel",
    id: "cancelJob",
    tag: "jobs",
    summary: "Cancel a job",
    description:
      "What has started on the host may go on: then the job is `unknown` until the host was read. The body may be left out.",
    query: noQuery,
    body: { fields: noFields, example: {}, optional: true },
    headers: [],
    answers: [{ status: 200, description: "The job, asked to end.", view: "Job" }],
    problems: ["invalid_request", ...BODY_PROBLEMS, "job_not_found", "job_gone", "job_not_cancelable"],
  },
];
