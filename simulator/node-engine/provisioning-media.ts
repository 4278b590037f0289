import { addDvdDrive, insertMedia, setFirstBootDisk } from "../host/drives";
import { DURATION } from "../host/durations";
import { HyperVError } from "../host/hyperv-error";
import type { VirtualMachine } from "../host/model";
import { addMedia, findMedia } from "../host/storage";
import { pathKey } from "../host/windows-path";
import type { AgentContext } from "./agent-context";
import { AgentError } from "./agent-error";
import { type HostResources, readHostResources } from "./host-resources";
import { copyTime, progressText } from "./image-clone";
import { deleteOwnFile, mediaCopyPath } from "./own-files";

/** Version of the provisioning protocol that the initialization agent speaks. */
const PROTOCOL = 1;

/** The path of the host's provisioning media for an OS family, which is there; null: the host offers none. */
export function findProvisioningMedia(context: AgentContext, osFamily: string): string | null {
  const entry = listedMedia(context).find(
    ({ os_family, protocols }) => os_family === osFamily && (protocols?.includes(PROTOCOL) ?? true),
  );
  if (entry === undefined) return null;
  if (findMedia(context.host, entry.path) !== null) return entry.path;
  throw new AgentError(
    "provisioning_media_missing",
    `The host's provisioning media ${entry.path} is not there.`,
  );
}

/** Copies the media for a VM and inserts the copy; the VM boots from its first hard disk all the same. */
export async function mountProvisioningMedia(
  context: AgentContext,
  vm: VirtualMachine,
  path: string,
): Promise<void> {
  const { host, events } = context;
  await dismountProvisioningMedia(context, vm);
  events.event("information", `Inserting the provisioning media ${path}.`);
  const copy = mediaCopyPath(vm);
  const bytes = findMedia(host, path)?.fileBytes ?? 0;
  await context.work(copyTime(bytes));
  try {
    addMedia(host, copy, bytes);
  } catch (error) {
    if (!(error instanceof HyperVError) || error.errorId !== "DiskFull") throw error;
    throw new AgentError("storage_full", `The volume of ${copy} ran full during the copy.`);
  }
  events.event("progress", progressText(bytes, bytes));
  await context.hyperV(DURATION.addDrive, () => {
    const empty = vm.dvdDrives.find((drive) => drive.path === null);
    if (empty === undefined) addDvdDrive(host, vm, copy);
    else insertMedia(host, empty, copy);
    const [first] = vm.hardDiskDrives;
    if (vm.generation === 2 && first !== undefined) setFirstBootDisk(vm, first.path);
  });
}

/** Ejects a VM's copy of the media and deletes it; where there is none, nothing happens. The drive stays. */
export async function dismountProvisioningMedia(context: AgentContext, vm: VirtualMachine): Promise<void> {
  const copy = mediaCopyPath(vm);
  for (const drive of vm.dvdDrives) {
    if (drive.path === null || pathKey(drive.path) !== pathKey(copy)) continue;
    await context.hyperV(DURATION.addDrive, () => insertMedia(context.host, drive, null));
  }
  await deleteOwnFile(context, copy);
}

/** A VM can be initialized on a host that offers nothing by name. */
function listedMedia(context: AgentContext): NonNullable<HostResources["provisioning_media"]> {
  try {
    return readHostResources(context.fleet, context.host).provisioning_media ?? [];
  } catch (error) {
    if (error instanceof AgentError && error.code === "host_resources_missing") return [];
    throw error;
  }
}
