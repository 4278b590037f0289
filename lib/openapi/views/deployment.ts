import { z } from "zod";
import type { JsonValue } from "@/lib/domain/json";
import { DEPLOYMENT_STEPS, type UnfinishedDeployment } from "@/lib/domain/unfinished-deployment";
import { created } from "./job";
import { vmState } from "./records";
import { count, hostName, moment, vmId } from "./values";
import { viewOf } from "./view-of";

const step = z.enum(DEPLOYMENT_STEPS);

export const unfinishedDeployment = viewOf<UnfinishedDeployment>()(
  z
    .object({
      deployment_id: z.string(),
      vm_id: vmId,
      vm_name: z.string(),
      host: hostName,
      state: vmState,
      step: step.describe("The last step that it began."),
      progress: z.object({ step: count, steps: count }).describe("That step's number, and of how many."),
      exists: z.array(created).describe("The VM, and the disks and adapters that it has now."),
      half_made_disk: z
        .string()
        .nullable()
        .describe("The VHDX that it was about to create and that is in no drive: half of it may be there."),
      missing: z
        .array(step)
        .describe(
          "Steps whose work is not seen to be done; `vm` until the next one has begun, for a VM is there before it is set up. Whether the guest has been configured, only the guest says.",
        ),
      request: z.record(z.string(), z.custom<JsonValue>()).describe("As it came, without its secrets."),
      since: moment.nullable().describe("When it began; null: the VM's Notes do not say."),
      actor: z.string().nullable().describe("Who asked for it; null: the VM's Notes do not say."),
      fixed_fields: z
        .array(z.string())
        .describe("Fields of the request that have to stay as they are when it is continued."),
    })
    .describe("A managed deployment that nobody carries on with."),
);

export const unfinishedDeploymentList = z.object({ deployments: z.array(unfinishedDeployment) });
