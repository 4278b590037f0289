import { GIBIBYTE } from "../host/bytes";
import { roleNameOf } from "../host/cluster";
import { clusterNodes } from "../host/fleet";
import type { Host } from "../host/model";
import { availableMemoryBytes } from "../host/virtual-machines";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";

/** Folders and files are named after a VM; Hyper-V itself takes any name. */
export function requireFolderName(name: string, target: "vm_name" | "vm_id"): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids them in names of folders.
  if (name.length <= 100 && !/[\\/:*?"<>|\x00-\x1f]|^[ .]|[ .]$/.test(name)) return;
  throw new AgentError(
    "invalid_request",
    "The name of a VM has at most 100 characters and must be possible as the name of a folder.",
    target,
  );
}

/** Throws `vm_name_taken` where a VM of the host or a role of its cluster has the name. */
export function requireFreeName(context: AgentContext, name: string): void {
  const { fleet, host } = context;
  const roles = clusterNodes(fleet, host).flatMap((node) => [...node.vms.values()].map(roleNameOf));
  const taken = [...[...host.vms.values()].map((vm) => vm.name), ...roles];
  if (taken.every((other) => other?.toLowerCase() !== name.toLowerCase())) return;
  throw new AgentError(
    "vm_name_taken",
    `A VM named ${name} exists on ${host.computerName} or in its cluster.`,
    "vm_name",
  );
}

export function requireProcessors(host: Host, count: number): void {
  if (count <= host.logicalProcessors) return;
  throw new AgentError(
    "invalid_request",
    `${host.computerName} has ${host.logicalProcessors} logical processors.`,
    "cpu_cores",
  );
}

/** Throws `insufficient_memory` where the host has not this much memory free. */
export function requireMemory(host: Host, bytes: number): void {
  const free = availableMemoryBytes(host);
  if (bytes <= free) return;
  const gigabytes = (value: number) => Number((value / GIBIBYTE).toFixed(1));
  throw new AgentError(
    "insufficient_memory",
    `The VM needs ${gigabytes(bytes)} GB of memory; the host has ${gigabytes(free)} GB free.`,
    "gb_ram",
  );
}
