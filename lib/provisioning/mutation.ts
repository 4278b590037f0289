import { AethervError, toAethervError } from "@/lib/domain/errors";
import type { HostInventory } from "@/lib/domain/inventory";
import type { CreatedResource } from "@/lib/domain/job";
import { isOutcomeUnknown, type JobOutputs, OutcomeUnknown } from "@/lib/jobs/outcome";
import type { RunningJob } from "@/lib/jobs/running-job";
import type { InventoryPort } from "./inventory-port";
import type { ServiceParts } from "./service-parts";

/** What a creating operation makes, and how to recognise it in a read of its host. */
export interface Creation {
  /** For sentences: `VM web-01`. */
  what: string;
  host: string;
  find(inventory: Pick<HostInventory, "vms">): { outputs: JobOutputs; created: CreatedResource[] } | null;
  /** True: it can take so long that its absence says nothing about how it will end. */
  slow: boolean;
}

/** Failures after which the agent may have left something behind. */
const HALF_DONE: ReadonlySet<string> = new Set(["agent_failed", "hyperv_error", "winrm_fault"]);

/**
 * Sends a creating operation, once. When contact is lost, the next reads of the host tell how it
 * ended; when it fails in the middle, the job notes what exists all the same.
 */
export async function create<T>(
  job: RunningJob,
  inventory: InventoryPort,
  creation: Creation,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    const error = toAethervError(thrown);
    if (isOutcomeUnknown(error)) throw new OutcomeUnknown(error, (read) => outcomeOf(creation, error, read));
    if (HALF_DONE.has(error.code)) await noteRemains(job, inventory, creation);
    throw thrown;
  }
}

function outcomeOf(creation: Creation, reason: AethervError, read: HostInventory) {
  const found = creation.find(read);
  if (found !== null) return { state: "succeeded" as const, ...found };
  if (creation.slow) return null;
  const message = `${reason.message} A later read of ${creation.host} shows that ${creation.what} does not exist.`;
  const next = "Nothing was left behind. Start it again when the host answers reliably.";
  return {
    state: "failed" as const,
    error: new AethervError(reason.code, message, { next, cause: reason }),
    created: [],
  };
}

async function noteRemains(job: RunningJob, inventory: InventoryPort, creation: Creation): Promise<void> {
  await inventory.refresh(creation.host);
  const view = inventory.host(creation.host);
  if (view.state !== "online") {
    job.log("warning", `${creation.host} does not answer: whether ${creation.what} exists is not known.`);
    return;
  }
  const remains = creation.find({ vms: inventory.vms().filter((vm) => vm.host === creation.host) });
  if (remains !== null) job.created(...remains.created);
}

/** Reads a VM that was just changed, so that the next request finds it as it is now. */
export async function noteVm(
  job: RunningJob,
  { hypervisor, inventory }: Pick<ServiceParts, "hypervisor" | "inventory">,
  host: string,
  vmId: string,
): Promise<void> {
  try {
    inventory.note(host, await hypervisor.readVm(host, vmId, { ...job.call(null), log: () => {} }));
  } catch (thrown) {
    // The whole read of the host that follows each job brings the same.
    job.log("verbose", `The VM could not be read again yet: ${toAethervError(thrown).message}`);
  }
}
