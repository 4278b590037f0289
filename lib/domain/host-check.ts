import type { ErrorCode } from "./error-codes";
import type { HostConfig } from "./host-config";

/** What has to be right for AetherV to work with a host, in the order in which each needs the one before. */
export const CHECK_STEPS = [
  "name",
  "tcp",
  "tls",
  "authentication",
  "shell",
  "powershell",
  "hyperv",
  "service",
  "rights",
  "reach",
  "resources",
] as const;
export type CheckStepName = (typeof CHECK_STEPS)[number];

/** The way to the host, which is tried from outside; what follows is asked on the host. */
export const CONNECTION_STEPS = ["name", "tcp", "tls", "authentication", "shell"] as const;
export type ConnectionStepName = (typeof CONNECTION_STEPS)[number];

/** `warning`: it works, and there is something to know. `not_reached`: an earlier step failed. */
export const CHECK_STEP_STATES = [
  "pending",
  "running",
  "passed",
  "warning",
  "failed",
  "not_reached",
] as const;
export type CheckStepState = (typeof CHECK_STEP_STATES)[number];

/** Something that a step has seen, as people compare it: `Fingerprint`, `Valid until`. */
export interface CheckFact {
  name: string;
  value: string;
}

/** What came of one step, before it is known what to do about it. */
export interface StepFinding {
  state: "passed" | "warning" | "failed";
  /** A sentence. */
  message: string;
  facts?: readonly CheckFact[];
  /** Of a failure. */
  code?: ErrorCode;
  /** What to do, where it is known better than from `cause` alone. */
  next?: string | null;
  /** What kind of thing is wrong: decides the commands and the section of the page on setting up a host. */
  cause?: CheckCause;
}

/** What can be wrong with a host, or worth a warning. */
export const CHECK_CAUSES = [
  "name_unknown",
  "no_listener",
  "no_answer",
  "certificate",
  "fingerprint",
  "scheme_not_offered",
  "credentials",
  "plaintext",
  "access_denied",
  "quota",
  "no_winrm",
  "old_powershell",
  "constrained_language",
  "no_agent",
  "no_hyperv_module",
  "hyperv_stopped",
  "no_hyperv_rights",
  "no_double_hop",
  "cluster_silent",
  "resources_missing",
  "resources_invalid",
  "resources_paths",
] as const;
export type CheckCause = (typeof CHECK_CAUSES)[number];

/** One step as the API answers it. */
export interface CheckStep {
  name: CheckStepName;
  state: CheckStepState;
  /** How long it took; null: it has not ended, or was not reached. */
  duration_ms: number | null;
  /** What was seen, in a sentence; null: nothing yet. */
  message: string | null;
  facts: readonly CheckFact[];
  /** A code of the catalogue, of a step that failed. */
  code: ErrorCode | null;
  /** What to do about it. */
  next: string | null;
  /** Commands for an elevated Windows PowerShell 5.1 on the host. */
  commands: readonly string[];
  /** The section of docs/host-setup.md that says more, as its anchor. */
  section: string | null;
}

/** What an agent sees on a host of what the others need (docs/agent-protocol.md, `host/check`). */
export interface HostFindings {
  powershell_version: string;
  language_mode: string;
  hyperv_module: { problem: string | null };
  /** Of `vmms`, in lower case; null: there is no such service. */
  service: { status: string | null };
  /** null: it could not be tried. */
  rights: { problem: string | null } | null;
  /** A file share that every account of the host's domain may read; null: the host is in none. */
  share: { path: string; reached: boolean } | null;
  /** null: the host is no running node of a cluster. */
  cluster: { problem: string | null } | null;
  resources: {
    code: "host_resources_missing" | "host_resources_invalid" | null;
    problem: string | null;
    missing_paths: string[];
    missing_switches: string[];
  };
}

/** The way to a host, tried one part after another. Each gives what it found and never throws but for an abort. */
export interface ConnectionProbes {
  /** @returns for each step, in order, what tries it */
  of(host: HostConfig): ReadonlyMap<ConnectionStepName, (signal: AbortSignal) => Promise<StepFinding>>;
}
