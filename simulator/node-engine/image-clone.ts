import { GIBIBYTE, MEBIBYTE } from "../host/bytes";
import { Interrupted } from "../host/clock";
import { COPY_BYTES_PER_SECOND } from "../host/durations";
import { HyperVError } from "../host/hyperv-error";
import type { VhdxFile } from "../host/model";
import { beginCopy, convertVhd, finishCopy, growFile, removeFile } from "../host/storage";
import { isUnder } from "../host/windows-path";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";

const PARTS = 20;

/** Makes a disk from an image as the disk agent does: a copy where the type is the same, else a conversion. */
export async function cloneImage(
  context: AgentContext,
  image: VhdxFile,
  path: string,
  type: "dynamic" | "fixed",
): Promise<VhdxFile> {
  if (type === image.type) return copyImage(context, image, path);
  context.events.event(
    "information",
    `Converting the image to a disk of the type ${type === "fixed" ? "Fixed" : "Dynamic"}.`,
  );
  const bytes = type === "fixed" ? image.virtualBytes : image.fileBytes;
  return context.hyperV(copyTime(bytes), () => convertVhd(context.host, image, path, type));
}

/**
 * Copies with the process's own streams and progress: a copy that fails removes its half-written file; one
 * whose process is ended leaves it behind.
 */
async function copyImage(context: AgentContext, image: VhdxFile, path: string): Promise<VhdxFile> {
  const { host, events } = context;
  const total = image.fileBytes;
  const copy = beginCopy(host, path);
  try {
    for (let part = 1; part <= PARTS; part += 1) {
      const done = Math.ceil((total * part) / PARTS);
      const bytes = done - copy.fileBytes;
      await context.work(copyTime(bytes));
      if (part > PARTS / 2) failWhereTold(context, path);
      growFile(host, copy, bytes);
      events.event("progress", progressText(done, total));
    }
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    removeFile(host, path);
    if (error instanceof HyperVError && error.errorId === "DiskFull") {
      throw new AgentError(
        "storage_full",
        `The volume of ${path} ran full during the copy.`,
        "storage_class",
      );
    }
    throw error;
  }
  finishCopy(image, copy);
  return copy;
}

function failWhereTold(context: AgentContext, path: string): void {
  const fault = context.fleet.faults.take("volume_full", context.host.name, (candidate) =>
    isUnder(path, candidate.path),
  );
  if (fault === null) return;
  throw new HyperVError("DiskFull", "WriteError", "There is not enough space on the disk.");
}

export function copyTime(bytes: number): number {
  return (bytes / COPY_BYTES_PER_SECOND) * 1000;
}

/** How far a copy is; one digit after the point at most, as the agent's `0.#` format. */
export function progressText(done: number, total: number): string {
  const [unit, name] = total < GIBIBYTE ? [MEBIBYTE, "MB"] : [GIBIBYTE, "GB"];
  const format = (bytes: number) => Number((bytes / unit).toFixed(1)).toString();
  return `Copied ${format(done)} of ${format(total)} ${name} (${Math.floor((100 * done) / total)}%).`;
}
