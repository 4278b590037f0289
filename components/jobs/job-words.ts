import type { Tone } from "@/components/ui/badge";
import type { CreatedResource, JobKind, JobStep, JobView } from "@/lib/domain/job";
import { CLUSTER_WORDS, POWER_WORDS } from "@/lib/domain/power-actions";
import { visibleText } from "@/lib/domain/visible-text";

const KINDS: Record<JobKind, string> = {
  managed_deployment: "New VM",
  "vm.create": "Create VM",
  "vm.update": "Change VM",
  "vm.delete": "Delete VM",
  "vm.power": "Power action",
  "vm.cluster": "Change cluster role",
  "disk.create": "Create disk",
  "disk.update": "Grow disk",
  "disk.delete": "Remove disk",
  "nic.create": "Create network adapter",
  "nic.update": "Change network adapter",
  "nic.delete": "Remove network adapter",
  initialization: "Initialize guest",
  "host.check": "Test connection",
};

/** Kinds of jobs whose request says by `action` what is to be done. */
const ACTIONS: Partial<Record<JobKind, Readonly<Record<string, string>>>> = {
  "vm.power": POWER_WORDS,
  "vm.cluster": CLUSTER_WORDS,
};

const STEPS: Record<string, string> = {
  vm: "VM",
  disk: "Disk",
  nic: "Network adapter",
  initialization: "Initialization",
  cluster: "Cluster role",
};

const STATES: Record<JobStep["state"], { word: string; tone: Tone }> = {
  pending: { word: "not started", tone: "neutral" },
  queued: { word: "queued", tone: "neutral" },
  running: { word: "running", tone: "busy" },
  unknown: { word: "outcome unknown", tone: "warn" },
  succeeded: { word: "succeeded", tone: "ok" },
  failed: { word: "failed", tone: "bad" },
  canceled: { word: "canceled", tone: "neutral" },
};

const RESOURCES: Record<CreatedResource["kind"], string> = {
  vm: "VM",
  disk: "Disk",
  nic: "Network adapter",
};

const OUTPUTS: Record<string, string> = {
  vm_id: "VM id",
  vm_name: "VM",
  disk_id: "Disk id",
  nic_id: "Adapter id",
  mac_address: "MAC address",
};

/** `adapter_name` → `Adapter name`, where there is no better word. */
export function outputWord(name: string): string {
  const words = name.replaceAll("_", " ");
  return OUTPUTS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

export const kindWord = (kind: JobKind): string => KINDS[kind];
export const stepWord = (name: string): string => STEPS[name] ?? name;
export const stateWord = (state: JobStep["state"]): string => STATES[state].word;
export const stateTone = (state: JobStep["state"]): Tone => STATES[state].tone;
export const resourceWord = (kind: CreatedResource["kind"]): string => RESOURCES[kind];

/** What a job does: of several things that its kind stands for, the one that was asked for. */
export function jobWord({ kind, request: { action } }: Pick<JobView, "kind" | "request">): string {
  const words = ACTIONS[kind] ?? {};
  const word = typeof action === "string" && Object.hasOwn(words, action) ? words[action] : undefined;
  return word ?? kindWord(kind);
}

/** How the pages call a job: what it does, and for which VM, or host where it is about that. */
export function jobTitle(job: Pick<JobView, "kind" | "request" | "host" | "vm_name" | "vm_id">): string {
  const other = job.kind === "host.check" ? job.host : job.vm_id;
  const about = job.vm_name === null ? other : visibleText(job.vm_name);
  return about === null ? jobWord(job) : `${jobWord(job)}: ${about}`;
}

/** How long it ran, or has run, in ms; null: it has not started. */
export function elapsedOf(
  span: { started_at: string | null; ended_at: string | null },
  now: number,
): number | null {
  if (span.started_at === null) return null;
  const end = span.ended_at === null ? now : Date.parse(span.ended_at);
  return Math.max(0, end - Date.parse(span.started_at));
}
