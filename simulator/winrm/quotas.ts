/** Limits of the WinRM service; one request beyond is answered with a QuotaLimit fault. */
export interface Quotas {
  /** MaxShellsPerUser: shells that are open at once. */
  shells: number;
  /** MaxProcessesPerShell: processes of one shell that run at once. */
  processesPerShell: number;
  /**
   * MaxConcurrentOperationsPerUser. An operation counts from its Command until its shell is deleted: with text
   * shells a real host does not count down on Signal.
   */
  operations: number;
}

/** `documented`: Microsoft's documentation. `recorded`: what a Windows Server reported about itself. */
export const QUOTA_PRESETS = {
  documented: { shells: 30, processesPerShell: 25, operations: 1500 },
  recorded: { shells: 2_147_483_647, processesPerShell: 2_147_483_647, operations: 1500 },
} as const satisfies Record<string, Quotas>;

export type QuotaPreset = keyof typeof QUOTA_PRESETS;
