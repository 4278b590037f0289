import { randomUUID } from "node:crypto";
import { MEBIBYTE } from "./bytes";
import { HyperVError } from "./hyperv-error";
import type { Host, MediaFile, VhdxFile, Volume } from "./model";
import { realPath } from "./other-names";
import { isKeyUnder, pathKey } from "./windows-path";

/** A dynamic VHDX that holds nothing yet. */
export const EMPTY_DYNAMIC_BYTES = 4 * MEBIBYTE;

/** The volume a path lies on: the one with the longest mount point; null: the path does not exist here. */
export function volumeOf(host: Host, path: string): Volume | null {
  const key = pathKey(realPath(host, path));
  const candidates = host.volumes.filter((volume) => isKeyUnder(key, pathKey(volume.mount)));
  candidates.sort((a, b) => b.mount.length - a.mount.length);
  return candidates[0] ?? null;
}

export function freeBytes(volume: Volume): number {
  let used = volume.otherBytes;
  for (const file of volume.files.values()) used += file.fileBytes;
  for (const file of volume.media.values()) used += file.fileBytes;
  return Math.max(0, volume.capacityBytes - used);
}

export function findFile(host: Host, path: string): VhdxFile | null {
  return volumeOf(host, path)?.files.get(pathKey(realPath(host, path))) ?? null;
}

export function findMedia(host: Host, path: string): MediaFile | null {
  return volumeOf(host, path)?.media.get(pathKey(realPath(host, path))) ?? null;
}

/** Like `Get-VHD -Path`. */
export function getVhd(host: Host, path: string): VhdxFile {
  const file = findFile(host, path);
  if (file === null) {
    throw new HyperVError(
      "ObjectNotFound",
      "ObjectNotFound",
      `Getting the mounted storage instance for the path '${path}' failed. The operation cannot be performed because the file '${path}' does not exist.`,
    );
  }
  return file;
}

/** Like `New-VHD`: an empty disk. */
export function newVhd(
  host: Host,
  options: { path: string; virtualBytes: number; type: "dynamic" | "fixed" },
): VhdxFile {
  const file: VhdxFile = {
    path: options.path,
    virtualBytes: options.virtualBytes,
    fileBytes: options.type === "fixed" ? options.virtualBytes : EMPTY_DYNAMIC_BYTES,
    type: options.type,
    parentPath: null,
    diskIdentifier: randomUUID(),
    system: null,
    identity: null,
  };
  return addFile(host, file);
}

/**
 * The destination of a copy before its first byte: it grows by {@link growFile}, and is a disk only once
 * {@link finishCopy} has run. A copy that is broken off leaves it as it is.
 */
export function beginCopy(host: Host, path: string): VhdxFile {
  return addFile(host, {
    path,
    virtualBytes: 0,
    fileBytes: 0,
    type: "dynamic",
    parentPath: null,
    diskIdentifier: randomUUID(),
    system: null,
    identity: null,
  });
}

/** Takes more of the volume for a file; the volume may turn out to be full. */
export function growFile(host: Host, file: VhdxFile, bytes: number): void {
  requireRoom(host, file.path, bytes);
  file.fileBytes += bytes;
}

/** Makes the copied bytes the same disk as the source, its identifier included. */
export function finishCopy(source: VhdxFile, destination: VhdxFile): void {
  destination.virtualBytes = source.virtualBytes;
  destination.type = source.type;
  destination.diskIdentifier = source.diskIdentifier;
  destination.system = source.system === null ? null : structuredClone(source.system);
  destination.identity = source.identity;
}

/** Like `Convert-VHD -VHDType`: the same content in a file of another type. */
export function convertVhd(host: Host, source: VhdxFile, path: string, type: "dynamic" | "fixed"): VhdxFile {
  return addFile(host, {
    ...structuredClone(source),
    path,
    type,
    parentPath: null,
    fileBytes: type === "fixed" ? source.virtualBytes : source.fileBytes,
    diskIdentifier: randomUUID(),
  });
}

/** Like `Set-VHD -ResetDiskIdentifier`. */
export function resetDiskIdentifier(file: VhdxFile): void {
  file.diskIdentifier = randomUUID();
}

/** Like `Resize-VHD`: growing only. A fixed disk takes the room at once. */
export function resizeVhd(host: Host, file: VhdxFile, virtualBytes: number): void {
  if (virtualBytes < file.virtualBytes) {
    throw new HyperVError(
      "InvalidParameter",
      "InvalidArgument",
      `Failed to resize the virtual disk '${file.path}'. The size is smaller than the disk's minimum size.`,
    );
  }
  if (file.type === "fixed") {
    growFile(host, file, virtualBytes - file.virtualBytes);
  }
  file.virtualBytes = virtualBytes;
}

/** Like `New-VHD -Differencing`: a disk of the parent's identity whose changes alone are in its file. */
export function newDifferencingVhd(host: Host, parent: VhdxFile, path: string): VhdxFile {
  return addFile(host, {
    ...structuredClone(parent),
    path,
    fileBytes: EMPTY_DYNAMIC_BYTES,
    type: "differencing",
    parentPath: parent.path,
  });
}

/** An ISO image of this size at a path where nothing is yet. */
export function addMedia(host: Host, path: string, fileBytes: number): MediaFile {
  const volume = requireFreePath(host, path);
  requireRoom(host, path, fileBytes);
  const file: MediaFile = { path, fileBytes };
  volume.media.set(pathKey(path), file);
  return file;
}

/** Removes a file of any kind; one that is not there stays away. */
export function removeFile(host: Host, path: string): void {
  const volume = volumeOf(host, path);
  volume?.files.delete(pathKey(path));
  volume?.media.delete(pathKey(path));
}

function addFile(host: Host, file: VhdxFile): VhdxFile {
  const volume = requireFreePath(host, file.path);
  requireRoom(host, file.path, file.fileBytes);
  volume.files.set(pathKey(file.path), file);
  return file;
}

/** The volume of a path at which there is no file. */
function requireFreePath(host: Host, path: string): Volume {
  const volume = volumeOf(host, path);
  if (volume === null) {
    throw new HyperVError(
      "OperationFailed",
      "ObjectNotFound",
      `The system failed to create '${path}': The system cannot find the path specified. (0x80070003).`,
    );
  }
  const key = pathKey(path);
  if (volume.files.has(key) || volume.media.has(key)) {
    throw new HyperVError(
      "OperationFailed",
      "ResourceExists",
      `The system failed to create '${path}': The file exists. (0x80070050).`,
    );
  }
  return volume;
}

function requireRoom(host: Host, path: string, bytes: number): void {
  const volume = volumeOf(host, path);
  if (volume === null || freeBytes(volume) >= bytes) return;
  throw new HyperVError(
    "DiskFull",
    "WriteError",
    `There is not enough space on the disk for '${path}'. (0x80070070)`,
  );
}
