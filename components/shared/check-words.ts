import type { CheckStep, CheckStepName, CheckStepState } from "@/lib/domain/host-check";
import type { JobView } from "@/lib/domain/job";

export const CHECK_WORDS: Readonly<Record<CheckStepName, string>> = {
  name: "Name",
  tcp: "Connection",
  tls: "Certificate",
  authentication: "Logon",
  shell: "Shell",
  powershell: "PowerShell",
  hyperv: "Hyper-V module",
  service: "Hyper-V service",
  rights: "Rights in Hyper-V",
  reach: "Beyond the host",
  resources: "Host resources",
};

export const CHECK_STATE_WORDS: Readonly<Record<CheckStepState, string>> = {
  pending: "not tried yet",
  running: "trying",
  passed: "passed",
  warning: "warning",
  failed: "failed",
  not_reached: "not reached",
};

/** The steps that the job of a check tells of; none for another job, and before it has begun. */
export function checkStepsOf({ kind, outputs: { steps } }: Pick<JobView, "kind" | "outputs">): CheckStep[] {
  return kind === "host.check" && Array.isArray(steps) ? (steps as unknown as CheckStep[]) : [];
}

/** What came of a check, in a sentence: `3 of 11 steps passed.` */
export function checkVerdict(steps: readonly CheckStep[]): string {
  const failed = steps.find(({ state }) => state === "failed");
  if (failed !== undefined) return `${CHECK_WORDS[failed.name]} failed.`;
  const running = steps.find(({ state }) => state === "running");
  if (running !== undefined) return `Trying ${CHECK_WORDS[running.name].toLowerCase()}.`;
  if (steps.some(({ state }) => state === "not_reached" || state === "pending"))
    return "It did not come to its end.";
  const warnings = steps.filter(({ state }) => state === "warning").length;
  if (warnings === 0) return "Every step passed.";
  return warnings === 1 ? "It works, with one thing to know." : `It works, with ${warnings} things to know.`;
}
