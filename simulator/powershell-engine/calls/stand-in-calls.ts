import { Interrupted } from "../../host/clock";
import type { Fleet } from "../../host/fleet";
import { HyperVError } from "../../host/hyperv-error";
import type { SimulatedDrives } from "../drives/simulated-drives";
import {
  addOneAdapter,
  connectOneAdapter,
  listAdapters,
  removeOneAdapter,
  renameOneAdapter,
  setMac,
  setVlan,
} from "./adapter-calls";
import {
  associatedInstances,
  callMethod,
  describeMethods,
  enumerateInstances,
  getInstance,
} from "./cim/cim-calls";
import {
  listGroups,
  listNodes,
  listResources,
  listSharedVolumes,
  readCluster,
  readService,
  removeGroup,
  renameGroup,
  updateConfiguration,
} from "./cluster-calls";
import {
  addOneDvdDrive,
  addOneHardDiskDrive,
  listDvdDrives,
  listHardDiskDrives,
  removeOneHardDiskDrive,
  setDvdDrive,
} from "./drive-calls";
import { allowRemoval, describeFile, reserveRoom } from "./file-calls";
import { reachShare } from "./host-calls";
import { ManagementJobs } from "./management-jobs";
import { changePower } from "./power-calls";
import { type JsonValue, type StandInCall, type StandInContext, StandInError } from "./stand-in-call";
import { convertOneVhd, createVhd, readVhd, resetIdentifier, resizeOneVhd } from "./vhd-calls";
import {
  createVm,
  deleteVm,
  getVmById,
  listCheckpoints,
  listVms,
  renameOneVm,
  setFirmware,
  setMemory,
  setNotes,
  setProcessors,
} from "./vm-calls";

/** Every operation that the modules ask for by name. */
const CALLS: Readonly<Record<string, StandInCall>> = {
  "vm.list": listVms,
  "vm.get": getVmById,
  "vm.create": createVm,
  "vm.rename": renameOneVm,
  "vm.set_notes": setNotes,
  "vm.set_memory": setMemory,
  "vm.set_processors": setProcessors,
  "vm.set_firmware": setFirmware,
  "vm.change_power": changePower,
  "vm.delete": deleteVm,
  "vm.list_checkpoints": listCheckpoints,
  "drive.list": listHardDiskDrives,
  "drive.add": addOneHardDiskDrive,
  "drive.remove": removeOneHardDiskDrive,
  "dvd.list": listDvdDrives,
  "dvd.add": addOneDvdDrive,
  "dvd.set": setDvdDrive,
  "adapter.list": listAdapters,
  "adapter.add": addOneAdapter,
  "adapter.rename": renameOneAdapter,
  "adapter.connect": connectOneAdapter,
  "adapter.set_mac": setMac,
  "adapter.set_vlan": setVlan,
  "adapter.remove": removeOneAdapter,
  "vhd.get": readVhd,
  "vhd.create": createVhd,
  "vhd.convert": convertOneVhd,
  "vhd.reset_identifier": resetIdentifier,
  "vhd.resize": resizeOneVhd,
  "cluster.get": readCluster,
  "cluster.list_groups": listGroups,
  "cluster.list_nodes": listNodes,
  "cluster.list_resources": listResources,
  "cluster.list_shared_volumes": listSharedVolumes,
  "cluster.remove_group": removeGroup,
  "cluster.rename_group": renameGroup,
  "cluster.update_configuration": updateConfiguration,
  "file.describe": describeFile,
  "file.reserve": reserveRoom,
  "file.remove": allowRemoval,
  "service.get": readService,
  "share.exists": reachShare,
  "cim.enumerate": enumerateInstances,
  "cim.get": getInstance,
  "cim.associated": associatedInstances,
  "cim.invoke": callMethod,
  "cim.methods": describeMethods,
};

/** Answers one `Invoke-StandIn` of a script on a host; rejects with a {@link StandInError}. */
export type AnswerStandIn = (hostName: string, operation: string, args: unknown) => Promise<JsonValue>;

/** The stand-ins' operations over one fleet; files and state are brought together before and after each. */
export function createStandInCalls(fleet: Fleet, drives: SimulatedDrives): AnswerStandIn {
  const jobs = new ManagementJobs();
  const forGood = new AbortController().signal;
  return async (hostName, operation, args) => {
    const call = CALLS[operation];
    const host = fleet.hosts.get(hostName);
    if (call === undefined || host === undefined) {
      throw new Error(`There is no operation ${operation} on ${hostName}.`);
    }
    const context: StandInContext = {
      fleet,
      host,
      drives,
      jobs,
      takes: async (milliseconds) => {
        await fleet.clock.wait(milliseconds, forGood);
        if (!host.poweredOn) throw new Interrupted();
      },
    };
    drives.sync(hostName);
    try {
      return await call(context, args);
    } catch (error) {
      throw error instanceof HyperVError ? asReported(error) : error;
    } finally {
      drives.sync(hostName);
    }
  };
}

/**
 * A failure of the state's operations as the cmdlets report it: they have no error id of their own for a full
 * disk, and say nothing of the category of what merely failed.
 */
function asReported({ errorId, category, message }: HyperVError): StandInError {
  if (errorId !== "DiskFull" && errorId !== "OperationFailed") {
    return new StandInError(errorId, category, message);
  }
  return new StandInError("OperationFailed", "NotSpecified", message);
}
