import { formatBytes } from "../amounts";

/** `critical`: something does not work now. `warning`: it hinders, or soon will. `notice`: meant so, and easily forgotten. */
export const SEVERITIES = ["critical", "warning", "notice"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What can be wrong. Within a severity, what takes more with it comes first. */
export const ATTENTION_KINDS = [
  "host_unreachable",
  "cluster_node_down",
  "storage_unreadable",
  "storage_full",
  "memory_exhausted",
  "vm_critical",
  "cluster_role_failed",
  "storage_low",
  "memory_low",
  "vm_unreadable",
  "resources_unreadable",
  "virtual_switch_missing",
  "heartbeat_lost",
  "vm_missing",
  "vm_on_several_hosts",
  "job_unknown",
  "deployment_unfinished",
  "job_failed",
  "cluster_node_not_configured",
  "cluster_node_paused",
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** Where one looks: what a page makes a link of. */
export type Place =
  | { kind: "host"; name: string; part: HostPart | null }
  | { kind: "cluster"; name: string }
  | { kind: "vm"; vm_id: string; name: string }
  | { kind: "job"; job_id: string; name: string }
  | { kind: "unfinished"; deployment_id: string; name: string };

/** Parts of what a host says of itself. */
export type HostPart = "storage" | "networks";

/** One thing that somebody has to look at. */
export interface AttentionItem {
  /** The same for as long as the matter is the same. */
  id: string;
  kind: AttentionKind;
  severity: Severity;
  place: Place;
  /** A sentence that names the place. */
  what: string;
  /** What to do next. */
  next: string;
  /** UTC, ISO 8601; null: not known, it was found like this. */
  since: string | null;
}

/** `12 GB (4 %)`: what is left of a whole; never more than there is. */
export function remainder(free: number, total: number): string {
  const percent = Math.floor((free / total) * 100);
  return `${formatBytes(free)} (${percent === 0 ? "< 1" : percent} %)`;
}

/** Words that came from elsewhere, with the full stop that they may lack. */
export function sentence(words: string): string {
  return /[.!?]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
