/** Limits of the WinRM service; one request beyond is answered with a QuotaLimit fault. */
export interface Quotas {
  /** MaxShellsPerUser: shells of one user that are open at once. */
  shells: number;
  /** MaxConcurrentUsers: users who have shells open at once. */
  users: number;
  /** MaxProcessesPerShell: processes of one shell that run at once. */
  processesPerShell: number;
  /**
   * MaxConcurrentOperationsPerUser. An operation counts from its Command until its shell is deleted: with text
   * shells a real host does not count down on Signal (MS-WSMV 3.1.4.12, product behaviour).
   */
  operations: number;
  /**
   * MaxMemoryPerShellMB: here what the shell's processes have been sent and did not read, and wrote and was not
   * received. A process that goes beyond ends as one that gets no memory.
   */
  memoryPerShellMb: number;
}

const UNLIMITED = 2_147_483_647;

/** `documented`: Microsoft's documentation. `recorded`: what a Windows Server reported about itself. */
export const QUOTA_PRESETS = {
  documented: { shells: 30, users: 10, processesPerShell: 25, operations: 1500, memoryPerShellMb: 1024 },
  recorded: {
    shells: UNLIMITED,
    users: UNLIMITED,
    processesPerShell: UNLIMITED,
    operations: 1500,
    memoryPerShellMb: UNLIMITED,
  },
} as const satisfies Record<string, Quotas>;

export type QuotaPreset = keyof typeof QUOTA_PRESETS;
