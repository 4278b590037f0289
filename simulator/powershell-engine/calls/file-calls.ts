import { statSync } from "node:fs";
import { z } from "zod";
import { attachedPaths } from "../../host/drives";
import { clusterNodes } from "../../host/fleet";
import { createdAt } from "../../host/other-names";
import { findFile, findMedia, freeBytes, volumeOf } from "../../host/storage";
import { isUnder, pathKey } from "../../host/windows-path";
import { SCALE } from "../drives/file-content";
import { type StandInContext, StandInError, standInCall } from "./stand-in-call";

/**
 * A script's own stream is about to write a file up to this length. The files are small ones that stand for
 * large: their room on the simulated volume is in proportion. Throws where the volume has none, or where a
 * fault lets it run full half-way.
 */
export const reserveRoom = standInCall(
  /** The path on this machine, and the length in bytes there. */
  z.strictObject({ path: z.string(), bytes: z.int() }),
  ({ fleet, host, drives }, { path, bytes }) => {
    const inWindows = drives.windowsPathOf(host.name, path);
    const volume = inWindows === null ? null : volumeOf(host, inWindows);
    if (inWindows === null || volume === null) return null;
    const length = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > length && (bytes - length) * SCALE > freeBytes(volume)) throw full(inWindows);
    const isPastHalf = bytes <= length && bytes > length / 2;
    if (!isPastHalf) return null;
    const fault = fleet.faults.take("volume_full", host.name, (candidate) =>
      isUnder(inWindows, candidate.path),
    );
    if (fault !== null) throw full(inWindows);
    return null;
  },
);

/** When a file was created, and its length; null: it is none of the state's. */
export const describeFile = standInCall(
  /** The path on this machine. */
  z.strictObject({ path: z.string() }),
  ({ host, drives }, args) => {
    const path = drives.windowsPathOf(host.name, args.path);
    const file = path === null ? null : (findFile(host, path) ?? findMedia(host, path));
    return file === null ? null : { created: createdAt(file), bytes: file.fileBytes };
  },
);

/** A script is about to delete a file. Throws where a VM that is not off has it open, or a fault says so. */
export const allowRemoval = standInCall(
  /** A Windows path, or the path on this machine. */
  z.strictObject({ path: z.string() }),
  (context, args) => {
    const { fleet, host, drives } = context;
    const path = drives.windowsPathOf(host.name, args.path) ?? args.path;
    const isHere = (candidate: string) => pathKey(candidate) === pathKey(path);
    const fault = fleet.faults.take("file_locked", host.name, (candidate) => isHere(candidate.path));
    if (fault === null && !isOpen(context, isHere)) return null;
    throw new StandInError(
      "RemoveFileSystemItemIOError",
      "WriteError",
      `Cannot remove item ${path}: The process cannot access the file '${path}' because it is being used by another process.`,
    );
  },
);

function isOpen({ fleet, host }: StandInContext, isHere: (path: string) => boolean): boolean {
  return clusterNodes(fleet, host).some((node) =>
    [...node.vms.values()].some((vm) => vm.state !== "off" && attachedPaths(vm).some(isHere)),
  );
}

function full(path: string): StandInError {
  return new StandInError("DiskFull", "WriteError", `There is not enough space on the disk. : '${path}'`);
}
