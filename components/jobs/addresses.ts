/** Where a job is shown. */
export function jobAddress(jobId: string): string {
  return `/jobs/${encodeURIComponent(jobId)}`;
}

/** Where a VM is shown: the list finds it by its id. */
export function vmAddress(vmId: string): string {
  return `/vms?q=${encodeURIComponent(vmId)}`;
}

/** The New VM form, filled in with what a deployment asked for; secrets are asked for again. */
export function retryAddress(jobId: string): string {
  return `/vms/new?from=${encodeURIComponent(`job:${jobId}`)}`;
}
