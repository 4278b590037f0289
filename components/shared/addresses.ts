import type { HostPart } from "@/lib/domain/attention/item";

/** Where a host is shown, or one part of it. */
export function hostAddress(name: string, part: HostPart | null = null): string {
  const page = `/hosts/${encodeURIComponent(name)}`;
  return part === null ? page : `${page}?tab=${part}`;
}

/** Where a cluster is shown. */
export function clusterAddress(name: string): string {
  return `/clusters/${encodeURIComponent(name)}`;
}

/** Where a VM is shown. */
export function vmAddress(vmId: string): string {
  return `/vms/${encodeURIComponent(vmId)}`;
}

/** The list of VMs, narrowed to what has one value. */
export function vmListAddress(parameter: "q" | "host" | "cluster" | "state", value: string): string {
  return `/vms?${parameter}=${encodeURIComponent(value)}`;
}

/** Where a job is shown. */
export function jobAddress(jobId: string): string {
  return `/jobs/${encodeURIComponent(jobId)}`;
}

/** The form of a deployment that was left unfinished, to continue it. */
export function continueAddress(deploymentId: string): string {
  return `/unfinished/${encodeURIComponent(deploymentId)}`;
}

/** The New VM form, filled in with what a VM is. */
export function duplicateAddress(vmId: string): string {
  return `/vms/new?from=${encodeURIComponent(`vm:${vmId}`)}`;
}

/** The New VM form, filled in with what a deployment asked for; secrets are asked for again. */
export function retryAddress(jobId: string): string {
  return `/vms/new?from=${encodeURIComponent(`job:${jobId}`)}`;
}
