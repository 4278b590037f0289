import { GIBIBYTE } from "../host/bytes";
import type { Host } from "../host/model";
import { freeBytes, volumeOf } from "../host/storage";
import { AgentError } from "./agent-error";

/**
 * Throws `storage_full` where so many bytes do not fit into the free space of a path's volume. A path on no
 * known volume is not checked: making the file will tell.
 */
export function requireRoom(host: Host, path: string, bytes: number, target: string): void {
  const volume = volumeOf(host, path);
  if (volume === null || freeBytes(volume) >= bytes) return;
  const gigabytes = (value: number) => Number((value / GIBIBYTE).toFixed(1));
  throw new AgentError(
    "storage_full",
    `The disk needs ${gigabytes(bytes)} GB now; ${volume.mount} has ${gigabytes(freeBytes(volume))} GB free.`,
    target,
  );
}
