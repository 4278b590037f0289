import { Interrupted } from "../host/clock";
import { HyperVError } from "../host/hyperv-error";
import type { VhdxFile } from "../host/model";
import { beginCopy, finishCopy, growFile, removeFile } from "../host/storage";
import { isUnder } from "../host/windows-path";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";
import { COPY_BYTES_PER_SECOND } from "./durations";

const GIBIBYTE = 2 ** 30;
const PARTS = 20;

/**
 * Copies an image as the disk agent does, with its own streams and progress: a copy that fails removes its
 * half-written file; one whose process is ended leaves it behind.
 */
export async function copyImage(
  context: AgentContext,
  image: VhdxFile,
  path: string,
  type: VhdxFile["type"],
): Promise<VhdxFile> {
  const { host, events } = context;
  // Converting to a fixed disk writes every byte of the virtual size.
  const total = type === "fixed" ? image.virtualBytes : image.fileBytes;
  events.event("information", `Copying ${image.path} to ${path}.`);
  const copy = beginCopy(host, path);
  try {
    for (let part = 1; part <= PARTS; part += 1) {
      const done = Math.round((total * part) / PARTS);
      const bytes = done - copy.fileBytes;
      await context.work((bytes / COPY_BYTES_PER_SECOND) * 1000);
      if (part > PARTS / 2) failWhereTold(context, path);
      growFile(host, copy, bytes);
      events.event("progress", progressText(done, total));
    }
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    removeFile(host, path);
    if (error instanceof HyperVError && error.errorId === "DiskFull") {
      throw new AgentError("storage_full", error.message, "storage_class");
    }
    throw error;
  }
  finishCopy(image, copy, type);
  return copy;
}

function failWhereTold(context: AgentContext, path: string): void {
  const fault = context.fleet.faults.take("volume_full", context.host.name, (candidate) =>
    isUnder(path, candidate.path),
  );
  if (fault === null) return;
  throw new HyperVError(
    "DiskFull",
    "WriteError",
    `There is not enough space on the disk for '${path}'. (0x80070070)`,
  );
}

function progressText(done: number, total: number): string {
  const gigabytes = (bytes: number) => (bytes / GIBIBYTE).toFixed(1);
  return `Copied ${gigabytes(done)} of ${gigabytes(total)} GB (${Math.round((done / total) * 100)}%).`;
}
