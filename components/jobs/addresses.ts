/** Where a job is shown. */
export function jobAddress(jobId: string): string {
  return `/jobs/${encodeURIComponent(jobId)}`;
}

/** Where a VM is shown. */
export function vmAddress(vmId: string): string {
  return `/vms/${encodeURIComponent(vmId)}`;
}

/** The New VM form, filled in with what a VM is. */
export function duplicateAddress(vmId: string): string {
  return `/vms/new?from=${encodeURIComponent(`vm:${vmId}`)}`;
}

/** The New VM form, filled in with what a deployment asked for; secrets are asked for again. */
export function retryAddress(jobId: string): string {
  return `/vms/new?from=${encodeURIComponent(`job:${jobId}`)}`;
}
