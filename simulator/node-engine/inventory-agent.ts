import type { AgentContext, AgentOutputs } from "./agent-context";
import { DURATION } from "./durations";
import { hostRecord, vmRecords } from "./records";

/** Counterpart of `inventory/read`. */
export async function readInventory(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host } = context;
  await context.work(DURATION.inventoryBulk);
  const disks = [...host.vms.values()].reduce((count, vm) => count + vm.hardDiskDrives.length, 0);
  await context.work(DURATION.getVhd * disks);
  return {
    host: hostRecord(fleet, host),
    vms: vmRecords(fleet, host, host.vms.values()),
  };
}
