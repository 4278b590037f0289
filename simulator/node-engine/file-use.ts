import { hardDiskAt } from "../host/drives";
import { DURATION } from "../host/durations";
import { clusterNodes, type Fleet } from "../host/fleet";
import type { Host, VhdxFile, VirtualMachine } from "../host/model";
import { createdAt } from "../host/other-names";
import { findFile, findMedia } from "../host/storage";
import { baseName, pathKey } from "../host/windows-path";
import type { AgentContext, AgentOutputs } from "./agent-context";

/** What a path names, whichever of its names the path is. */
export interface FileIdentity {
  path: string;
  /** Of a virtual hard disk; null: it is none, or cannot be read. */
  disk_id: string | null;
  /** null: not known. */
  created: string | null;
  /** Why it cannot be read; null: it can, or is not there. */
  problem: string | null;
}

/** A file that a drive of a VM needs: the one in the drive, or one that its differencing disk stands on. */
export interface FileUse extends FileIdentity {
  vm_id: string;
  vm_name: string;
  /** What stands in the drive. */
  drive_path: string;
}

/** Counterpart of `inventory/files`. */
export async function readFiles(context: AgentContext): Promise<AgentOutputs> {
  return { node: context.host.computerName, files: await readFileUses(context) };
}

/** Every use of a file by a VM of the host. */
export async function readFileUses({ fleet, host, work }: AgentContext): Promise<FileUse[]> {
  const uses = [...host.vms.values()].flatMap((vm) => [
    ...vm.hardDiskDrives.flatMap(({ path }) => usesOf(fleet, host, vm, path)),
    ...vm.dvdDrives.flatMap(({ path }) => (path === null ? [] : usesOf(fleet, host, vm, path))),
  ]);
  await work(DURATION.getVm + DURATION.getVhd * uses.length);
  return uses;
}

export function identify(fleet: Fleet, host: Host, path: string): FileIdentity {
  const file = findFile(host, path);
  const any = file ?? findMedia(host, path);
  const problem = file === null ? null : problemOf(fleet, host, file);
  return {
    path,
    disk_id: problem === null ? (file?.diskIdentifier ?? null) : null,
    created: any === null ? null : createdAt(any),
    problem,
  };
}

type Identity = Pick<FileIdentity, "path" | "disk_id" | "created">;

/**
 * Whether two paths name one file. A copy that has its original's identifier is told apart by its time; what has
 * no identifier must have the name and the time.
 */
export function isSameFile(one: Identity, other: Identity): boolean {
  const [path, otherPath] = [pathKey(one.path), pathKey(other.path)];
  if (path === otherPath) return true;
  const isTimeKnown = one.created !== null && other.created !== null;
  if (one.disk_id !== other.disk_id || (isTimeKnown && one.created !== other.created)) return false;
  return one.disk_id !== null || (isTimeKnown && baseName(path) === baseName(otherPath));
}

function usesOf(fleet: Fleet, host: Host, vm: VirtualMachine, drivePath: string): FileUse[] {
  const use = { vm_id: vm.id, vm_name: vm.name, drive_path: drivePath };
  const uses: FileUse[] = [];
  for (let path: string | null = drivePath; path !== null; ) {
    const identity = identify(fleet, host, path);
    uses.push({ ...use, ...identity });
    path = identity.problem === null ? (findFile(host, path)?.parentPath ?? null) : null;
  }
  return uses;
}

/** Half of a copy is no disk, and what another node's VM has open cannot be read. */
function problemOf(fleet: Fleet, host: Host, file: VhdxFile): string | null {
  if (file.virtualBytes === 0) return "The file or directory is corrupted and unreadable.";
  const users = clusterNodes(fleet, host).filter((node) => isOpen(node, file.path));
  if (users.length === 0 || users.includes(host)) return null;
  return "The process cannot access the file because it is being used by another process.";
}

function isOpen(node: Host, path: string): boolean {
  return [...node.vms.values()].some((vm) => vm.state !== "off" && hardDiskAt(vm, path) !== undefined);
}
