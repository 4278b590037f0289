interface CatalogueEntry {
  /** The HTTP status when a request fails with it; a job that fails with it carries the code alone. */
  status: number;
  title: string;
  /** What the reader can do about it. */
  next: string;
}

/**
 * Every code that AetherV answers, in a problem document or as a job's error. A code is stable:
 * scripts match on it. Agents choose from the same list (docs/agent-protocol.md).
 */
export const ERROR_CATALOGUE = {
  // The request
  invalid_request: {
    status: 422,
    title: "The request is not valid",
    next: "Correct the fields named in `errors` and send it again.",
  },
  malformed_json: {
    status: 400,
    title: "The body is not JSON",
    next: "Send one JSON object, encoded as UTF-8.",
  },
  unsupported_media_type: {
    status: 415,
    title: "The body has the wrong content type",
    next: "Send `Content-Type: application/json`.",
  },
  body_too_large: {
    status: 413,
    title: "The body is too large",
    next: "Send less than 256 KB.",
  },
  not_found: {
    status: 404,
    title: "There is nothing at this address",
    next: "Check the address; /api/v1/jobs and /api/v1/vms list what exists.",
  },
  method_not_allowed: {
    status: 405,
    title: "This address does not take this method",
    next: "Use a method that the Allow header names.",
  },
  foreign_origin: {
    status: 403,
    title: "The request comes from another site",
    next: "Open AetherV by its own address and repeat it there.",
  },
  idempotency_conflict: {
    status: 409,
    title: "This Idempotency-Key was used with another body",
    next: "Use a new key for a new request.",
  },
  queue_full: {
    status: 429,
    title: "Too many jobs are waiting",
    next: "Wait for the time that Retry-After gives and send it again.",
  },
  shutting_down: {
    status: 503,
    title: "The server is shutting down",
    next: "Wait for the time that Retry-After gives and send it again.",
  },
  not_ready: {
    status: 503,
    title: "The server is still starting",
    next: "Wait until /api/v1/health/ready answers 200.",
  },
  internal_error: {
    status: 500,
    title: "AetherV made a mistake",
    next: "Report it with the request id; the server's log has the details.",
  },

  // Jobs
  job_not_found: {
    status: 404,
    title: "There is no such job",
    next: "GET /api/v1/jobs lists the jobs that are kept.",
  },
  job_gone: {
    status: 410,
    title: "This job belongs to an earlier run of the server",
    next: "Jobs are kept in memory only. Look at the VM itself: GET /api/v1/vms shows what Hyper-V says.",
  },
  job_not_cancelable: {
    status: 409,
    title: "This job has ended",
    next: "Nothing is left to cancel.",
  },
  canceled: {
    status: 409,
    title: "The job was canceled",
    next: "Look at what exists already, and start a new job when you are ready.",
  },
  deadline_exceeded: {
    status: 504,
    title: "The operation took longer than its deadline",
    next: "Check the host; what had started may still be going on there. The inventory shows how it ended.",
  },
  outcome_unknown: {
    status: 504,
    title: "Contact was lost, and nobody could say how the operation ended",
    next: "Look at the VM on its host before you repeat anything.",
  },
  step_failed: {
    status: 409,
    title: "A step of the deployment failed",
    next: "See the failed step's own job.",
  },

  // Hosts and their connection
  host_not_found: {
    status: 404,
    title: "There is no such host in the configuration",
    next: "GET /api/v1/hosts lists the hosts that are configured.",
  },
  cluster_not_found: {
    status: 404,
    title: "No host is in such a cluster",
    next: "GET /api/v1/clusters lists the clusters that the hosts have told of.",
  },
  host_unreachable: {
    status: 503,
    title: "The host does not answer",
    next: "Check that the host is up, that its WinRM HTTPS listener runs, and that no firewall is between.",
  },
  host_certificate_rejected: {
    status: 502,
    title: "The host's certificate was not accepted",
    next: "Give the host a certificate for its name, and name the issuing CA with `ca_file` in the configuration, or pin the certificate with `certificate_fingerprint`.",
  },
  host_authentication_failed: {
    status: 502,
    title: "The host refused the credentials",
    next: "Check user name and password in the configuration, and that the host allows what `authentication` names.",
  },
  host_access_denied: {
    status: 502,
    title: "The account may not do this on the host",
    next: "Make the account a local administrator of the host.",
  },
  host_busy: {
    status: 503,
    title: "The host has reached a WinRM quota",
    next: "Wait a moment; if it stays, raise the quota on the host (winrm get winrm/config).",
  },
  contact_lost: {
    status: 502,
    title: "The connection to the host was lost in the middle of an operation",
    next: "AetherV does not repeat it. The next refresh of the host shows how it ended.",
  },
  winrm_fault: {
    status: 502,
    title: "The host answered with a WinRM fault",
    next: "Look the fault's code up in the WinRM documentation, and check the host's WinRM service.",
  },
  agent_failed: {
    status: 502,
    title: "The agent ended without a result",
    next: "Run `Get-VM` on the host as the configured account: it needs Windows PowerShell 5.1 and its Hyper-V module. Then try again.",
  },
  hyperv_error: {
    status: 502,
    title: "Hyper-V reported an error",
    next: "Look into it on the host (Event Viewer, Hyper-V-VMMS); once it is mended, start again from what exists.",
  },
  powershell_unsupported: {
    status: 502,
    title: "The host's PowerShell does not run AetherV's scripts",
    next: "Give the host Windows PowerShell 5.1 and let it run in the full language mode.",
  },
  hyperv_missing: {
    status: 502,
    title: "The host has no Hyper-V module",
    next: "Install the Windows feature Hyper-V-PowerShell on the host.",
  },
  hyperv_stopped: {
    status: 502,
    title: "Hyper-V's management service does not run",
    next: "Start the service vmms on the host.",
  },
  cluster_denied: {
    status: 502,
    title: "The cluster does not answer the account",
    next: "Make the account an administrator of every node of the cluster.",
  },
  host_resources_missing: {
    status: 409,
    title: "The host has no host resources file",
    next: "Create C:\\ProgramData\\AetherV\\hostresources.json on the host.",
  },
  host_resources_invalid: {
    status: 409,
    title: "The host's resources file is not valid",
    next: "Correct hostresources.json on the host.",
  },

  // What was asked for
  vm_not_found: {
    status: 404,
    title: "There is no such VM",
    next: "GET /api/v1/vms lists the VMs; it may have been deleted or moved meanwhile.",
  },
  vm_on_several_hosts: {
    status: 409,
    title: "Several hosts have a VM with this id",
    next: "Work on the VM in Hyper-V Manager or Failover Cluster Manager, or take the copy away that is not needed, then refresh its host.",
  },
  vm_name_taken: {
    status: 409,
    title: "A VM with this name exists already",
    next: "Choose another name, or delete the VM that has it.",
  },
  network_not_found: {
    status: 422,
    title: "The host has no such network",
    next: "Choose one of the host's networks.",
  },
  storage_class_not_found: {
    status: 422,
    title: "The host has no such storage class",
    next: "Choose one of the host's storage classes.",
  },
  image_not_found: {
    status: 422,
    title: "The host has no such image",
    next: "Choose one of the host's images.",
  },
  image_os_mismatch: {
    status: 422,
    title: "The image is for another operating system family",
    next: "Choose an image of the VM's family, or change the family.",
  },
  disk_smaller_than_image: {
    status: 422,
    title: "The disk is smaller than its image",
    next: "Make the disk at least as large as the image.",
  },
  storage_full: {
    status: 409,
    title: "The storage class has no room for it",
    next: "Choose a smaller disk or another storage class.",
  },
  insufficient_memory: {
    status: 409,
    title: "The host does not have this much memory free",
    next: "Choose less memory or another host.",
  },
  cluster_unavailable: {
    status: 422,
    title: "The VM cannot be clustered there",
    next: "Choose a host in a cluster and a storage class on shared storage, or do not require clustering.",
  },
  mac_address_taken: {
    status: 409,
    title: "Another adapter on the host has this MAC address",
    next: "Choose another address, or leave it empty for a dynamic one.",
  },
  disk_exists: {
    status: 409,
    title: "A file with the disk's name exists already",
    next: "Remove the file if it is a leftover, or choose another VM name.",
  },

  // Unfinished deployments
  deployment_not_found: {
    status: 404,
    title: "There is no such unfinished deployment",
    next: "GET /api/v1/managed-deployments/unfinished lists them. One that a job is at work on is not among them.",
  },
  deployment_in_progress: {
    status: 409,
    title: "A job is at work on this deployment",
    next: "Wait for the job's end, then look at GET /api/v1/managed-deployments/unfinished again.",
  },
  deployment_changed: {
    status: 409,
    title: "The VM is not as its deployment left it",
    next: "Work on the VM itself: take out what is not the deployment's, or delete the VM.",
  },

  // Changing and deleting what exists
  vm_changed: {
    status: 412,
    title: "It has changed meanwhile",
    next: "Look at it again, then send your change with the new ETag as If-Match if it still makes sense.",
  },
  disk_not_found: {
    status: 404,
    title: "The VM has no such disk",
    next: "GET /api/v1/vms/{vm_id} lists the VM's disks; it may have been deleted meanwhile.",
  },
  nic_not_found: {
    status: 404,
    title: "The VM has no such network adapter",
    next: "GET /api/v1/vms/{vm_id} lists the VM's adapters; it may have been deleted meanwhile.",
  },
  disk_would_shrink: {
    status: 422,
    title: "The disk is larger than that already",
    next: "Choose a size of at least the disk's own: AetherV never makes a disk smaller.",
  },
  vm_has_checkpoints: {
    status: 409,
    title: "The VM has checkpoints",
    next: "Delete the checkpoints in Hyper-V Manager, wait until they are merged, then send it again.",
  },
  file_outside_configured_paths: {
    status: 409,
    title: "A file lies outside the host's configured folders",
    next: "Keep the files, and delete by hand on the host what the details name.",
  },
  file_not_owned: {
    status: 409,
    title: "A file does not belong to this VM alone",
    next: "Detach it where the details say that it is used, or keep the files.",
  },
  file_users_unknown: {
    status: 409,
    title: "Whether others use a file could not be told",
    next: "Bring what the details name to answer, with every node of the cluster among AetherV's hosts, or keep the files.",
  },
  files_left: {
    status: 502,
    title: "It was removed, but not all of its files",
    next: "Delete the files that the details name on the host.",
  },
  power_action_not_allowed: {
    status: 409,
    title: "The VM's state does not allow this power action",
    next: "Choose an action for the state that the details name.",
  },
  guest_did_not_shut_down: {
    status: 504,
    title: "The guest did not shut down or restart",
    next: "Look at the VM's console; `turn_off` or `reset` does not ask the guest.",
  },
  cluster_storage_not_shared: {
    status: 409,
    title: "The VM has files outside the cluster's shared volumes",
    next: "Move the files that the details name to a cluster shared volume.",
  },

  // Initialization
  vm_not_off: {
    status: 409,
    title: "The VM is not off",
    next: "Shut the VM down, then send it again.",
  },
  already_initialized: {
    status: 409,
    title: "The VM was initialized before",
    next: "Send `force: true` if the guest is to be initialized again.",
  },
  guest_no_key: {
    status: 504,
    title: "The guest did not publish its key",
    next: "Open the VM's console: does it boot, and does its image carry the provisioning agent of this version?",
  },
  guest_key_unsupported: {
    status: 502,
    title: "The guest's public key has an unknown format",
    next: "Check the version of the provisioning agent in the image.",
  },
  guest_key_changed: {
    status: 409,
    title: "The guest's key changed during the exchange",
    next: "Start initialization again; if it happens twice, look at what runs in the guest.",
  },
  guest_provisioning_failed: {
    status: 502,
    title: "The guest reported that provisioning failed",
    next: "See the guest's log in the VM's console.",
  },
  guest_no_completion: {
    status: 504,
    title: "The guest did not report that it was done",
    next: "Open the VM's console and look at the provisioning agent's log.",
  },
  provisioning_media_missing: {
    status: 409,
    title: "The host's provisioning media is not there",
    next: "Put the ISO where the host's resources say, or correct `provisioning_media` in them.",
  },
  kvp_write_failed: {
    status: 502,
    title: "Hyper-V did not take the guest's configuration",
    next: "Check that the integration service Data Exchange is enabled for the VM.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CATALOGUE, code);
}
