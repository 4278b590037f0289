import { DURATION } from "../host/durations";
import type { AgentContext, AgentOutputs } from "./agent-context";
import { type HostRecord, hostRecord, vmRecords } from "./records";

/** Counterpart of `inventory/read`. */
export async function readInventory(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host } = context;
  await context.work(DURATION.inventoryBulk);
  const disks = [...host.vms.values()].reduce((count, vm) => count + vm.hardDiskDrives.length, 0);
  await context.work(DURATION.getVhd * disks);
  const record = hostRecord(fleet, host);
  warn(context, record);
  return { host: record, vms: vmRecords(fleet, host, host.vms.values()) };
}

/** Tells of what could not be read. */
function warn({ events }: AgentContext, { resources_error, images }: HostRecord): void {
  if (resources_error !== null) events.event("warning", resources_error);
  for (const { name, file_bytes } of images) {
    if (file_bytes === null) events.event("warning", `The image ${name} cannot be read.`);
  }
}
