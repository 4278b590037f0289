import { z } from "zod";
import { DURATION } from "../host/durations";
import type { AgentContext, AgentOutputs } from "./agent-context";
import { type HostRecord, hostRecord, type KnownDisks, vmRecords } from "./records";

const knownDisk = z.object({
  path: z.string().min(1),
  disk_id: z.string().nullish(),
  size_bytes: z.int(),
});

/** Counterpart of `inventory/read`. */
export async function readInventory(context: AgentContext): Promise<AgentOutputs> {
  const { fleet, host } = context;
  await context.work(DURATION.inventoryBulk);
  const known = knownDisks(context.request.known_disks);
  const unknown = [...host.vms.values()]
    .flatMap((vm) => vm.hardDiskDrives)
    .filter(({ path }) => !known.has(path.toLowerCase()));
  await context.work(DURATION.getVhd * unknown.length);
  const record = hostRecord(fleet, host);
  warn(context, record);
  return { host: record, vms: vmRecords(fleet, host, host.vms.values(), known) };
}

/** An entry that cannot be read is left out. */
function knownDisks(given: unknown): KnownDisks {
  const entries = (Array.isArray(given) ? given : []).flatMap((entry) => {
    const parsed = knownDisk.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  return new Map(
    entries.map(({ path, disk_id, size_bytes }) => [
      path.toLowerCase(),
      { disk_id: disk_id ?? null, size_bytes },
    ]),
  );
}

/** Tells of what could not be read. */
function warn({ events }: AgentContext, { resources_error, images }: HostRecord): void {
  if (resources_error !== null) events.event("warning", resources_error);
  for (const { name, file_bytes } of images) {
    if (file_bytes === null) events.event("warning", `The image ${name} cannot be read.`);
  }
}
