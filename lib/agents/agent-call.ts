import type { DeploymentContext } from "@/lib/domain/hypervisor";
import type { ComponentName, GuestConfig, Spec } from "@/lib/domain/spec";

/** The agents: each is one entry script of `agents/`. */
export const AGENTS = ["vm", "disk", "nic", "initialization", "inventory"] as const satisfies readonly (
  | ComponentName
  | "inventory"
)[];
export type Agent = (typeof AGENTS)[number];

/** One call of one agent: the request of docs/agent-protocol.md section 2, but for the nonce. */
export interface AgentCall {
  agent: Agent;
  operation: string;
  schema: { name: string; version: string };
  job_id: string;
  /** null outside a managed deployment. */
  context: DeploymentContext | null;
  spec: Spec;
  /** For `initialization/publish` alone. */
  guest_config?: GuestConfig;
}
