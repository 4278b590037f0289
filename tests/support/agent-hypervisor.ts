import type { AgentInvoker } from "@/lib/agents/invoker";
import { settingsSchema } from "@/lib/config/settings";
import type { HostConfig } from "@/lib/domain/host-config";
import { AgentHypervisor } from "@/lib/hyperv/agent-hypervisor";
import { CallQueue } from "@/lib/hyperv/call-queue";
import type { Deadlines } from "@/lib/hyperv/deadlines";

const schema = { name: "test", version: "1.0.0" };

/** The port over agents, with the deadlines of the configuration's defaults. */
export function agentHypervisor(
  hosts: readonly HostConfig[],
  invoker: AgentInvoker,
  deadlines: Partial<Deadlines> = {},
): AgentHypervisor {
  return new AgentHypervisor({
    hosts,
    invoker,
    queue: new CallQueue({ mutation: 1, copy: 1, guest: 2, read: 3, check: 1, waiting: 1_000 }),
    deadlines: { ...settingsSchema.parse({}).deadlines, ...deadlines },
    schemas: {
      vm: schema,
      disk: schema,
      nic: schema,
      initialization: schema,
      inventory: schema,
      host: schema,
    },
  });
}
