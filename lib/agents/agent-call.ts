import type { FieldValues } from "@/lib/domain/field-values";
import type { DeploymentContext, GuestConfig } from "@/lib/domain/hypervisor";
import type { KnownDisk } from "@/lib/domain/inventory";

/** The agents: each is one entry script of `agents/`. */
export const AGENTS = ["vm", "disk", "nic", "initialization", "inventory", "host"] as const;
export type Agent = (typeof AGENTS)[number];

/** One call of one agent: the request of docs/agent-protocol.md section 2, but for the nonce. */
export interface AgentCall {
  agent: Agent;
  operation: string;
  schema: { name: string; version: string };
  job_id: string;
  /** null outside a managed deployment. */
  context: DeploymentContext | null;
  spec: FieldValues;
  /** For `initialization/publish` alone. */
  guest_config?: GuestConfig;
  /** For `inventory/read` alone: disks whose files need not be opened. */
  known_disks?: readonly KnownDisk[];
}
