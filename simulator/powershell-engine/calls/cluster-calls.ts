import { z } from "zod";
import {
  nodeStateOf,
  type RoleState,
  removeClusterRole,
  renameRole,
  roleNameOf,
  roleStateOf,
} from "../../host/cluster";
import { DURATION } from "../../host/durations";
import { hasCondition } from "../../host/faults";
import { clusterNodes } from "../../host/fleet";
import type { Host, VirtualMachine } from "../../host/model";
import { freeBytes } from "../../host/storage";
import { baseName } from "../../host/windows-path";
import { derivedGuid } from "./instance-ids";
import { type JsonObject, type StandInContext, StandInError, standInCall } from "./stand-in-call";

const none = z.strictObject({});

/** `Get-Cluster`. */
export const readCluster = standInCall(none, ({ host }) => {
  const name = requireCluster(host, "Get-Cluster");
  return { Name: name, Id: derivedGuid(name).toLowerCase(), Domain: "corp.example" };
});

/** `Get-ClusterGroup`, before it is filtered: the cluster's own groups, and the VMs' roles. */
export const listGroups = standInCall(none, ({ fleet, host }) => {
  const cluster = requireCluster(host, "Get-ClusterGroup");
  if (hasCondition(fleet.faults, host.name, "cluster_silent")) throw clusterDenied();
  const own = [
    group(cluster, "Available Storage", "AvailableStorage", host),
    group(cluster, "Cluster Group", "Cluster", host),
  ];
  const roles = rolesOf({ fleet, host }).map(
    ({ node, vm }): JsonObject => ({
      ...group(cluster, roleNameOf(vm) ?? vm.name, "VirtualMachine", node),
      Id: groupId(cluster, vm.id),
      State: roleStateOf(vm),
      VMId: vm.id,
    }),
  );
  return [...own, ...roles];
});

/** A resource of the cluster. */
interface ClusterResource {
  name: string;
  ownerGroup: string;
  type: string;
  owner: Host;
  state: RoleState;
  /** null: it is none of a VM's. */
  vmId: string | null;
}

/** The cluster's resources: its name, and two for each VM's role. */
export function resourcesOf(context: Pick<StandInContext, "fleet" | "host">): ClusterResource[] {
  const own: ClusterResource = {
    name: "Cluster Name",
    ownerGroup: "Cluster Group",
    type: "Network Name",
    owner: context.host,
    state: "Online",
    vmId: null,
  };
  const roles = rolesOf(context).flatMap(({ node, vm }): ClusterResource[] => {
    const common = { ownerGroup: roleNameOf(vm) ?? vm.name, owner: node, vmId: vm.id };
    return [
      { ...common, name: `Virtual Machine ${vm.name}`, type: "Virtual Machine", state: roleStateOf(vm) },
      {
        ...common,
        name: `Virtual Machine Configuration ${vm.name}`,
        type: "Virtual Machine Configuration",
        state: "Online",
      },
    ];
  });
  return [own, ...roles];
}

/** `Get-ClusterResource`, before it is filtered. */
export const listResources = standInCall(none, (context) => {
  const cluster = requireCluster(context.host, "Get-ClusterResource");
  return resourcesOf(context).map(({ name, ownerGroup, type, owner, state, vmId }) => ({
    Name: name,
    Id: derivedGuid(cluster, "resource", name).toLowerCase(),
    ResourceType: type,
    OwnerGroup: ownerGroup,
    OwnerNode: owner.computerName,
    Cluster: cluster,
    State: state,
    VMId: vmId,
  }));
});

/** `Get-ClusterNode`. */
export const listNodes = standInCall(none, ({ fleet, host }) => {
  const cluster = requireCluster(host, "Get-ClusterNode");
  return clusterNodes(fleet, host).map((node, index) => ({
    Name: node.computerName,
    Id: String(index + 1),
    Cluster: cluster,
    State: nodeStateOf(node),
  }));
});

/** `Get-ClusterSharedVolume`. */
export const listSharedVolumes = standInCall(none, ({ fleet, host }) => {
  const cluster = requireCluster(host, "Get-ClusterSharedVolume");
  const owner = clusterNodes(fleet, host)[0] ?? host;
  return host.volumes
    .filter((volume) => volume.shared)
    .map((volume, index) => ({
      Name: `Cluster Disk ${index + 1}`,
      Id: derivedGuid(cluster, volume.mount).toLowerCase(),
      OwnerNode: owner.computerName,
      State: "Online",
      FriendlyVolumeName: volume.mount,
      VolumeName: baseName(volume.mount),
      Size: volume.capacityBytes,
      FreeSpace: freeBytes(volume),
    }));
});

/** Setting the name of a group: the role of a VM. */
export const renameGroup = standInCall(
  z.strictObject({ group_id: z.string(), name: z.string() }),
  async (context, args) => {
    await context.takes(DURATION.changeCluster);
    const cluster = requireCluster(context.host, "ClusterGroup");
    const roles = rolesOf(context).map(({ vm }) => vm);
    const vm = roles.find((candidate) => groupId(cluster, candidate.id) === args.group_id);
    if (vm === undefined) throw new StandInError("ClusterGroup", "NotSpecified", "The group is gone.");
    renameRole(vm, roles, args.name);
    return null;
  },
);

/** `Remove-ClusterGroup` of a VM's role. */
export const removeGroup = standInCall(z.strictObject({ vm_id: z.string() }), async (context, args) => {
  await context.takes(DURATION.changeCluster);
  removeClusterRole(requireRole(context, args.vm_id, "Remove-ClusterGroup"));
  return null;
});

/** `Update-ClusterVirtualMachineConfiguration`. */
export const updateConfiguration = standInCall(
  z.strictObject({ vm_id: z.string() }),
  async (context, args) => {
    await context.takes(DURATION.changeCluster);
    requireRole(context, args.vm_id, "Update-ClusterVirtualMachineConfiguration");
    return null;
  },
);

/** `Get-Service`; null: the host has no such service. */
export const readService = standInCall(z.strictObject({ name: z.string() }), ({ fleet, host }, args) => {
  const services: Record<string, JsonObject> = {
    vmms: {
      Name: "vmms",
      DisplayName: "Hyper-V Virtual Machine Management",
      Status: hasCondition(fleet.faults, host.name, "vmms_stopped") ? "Stopped" : "Running",
      StartType: "Automatic",
    },
    clussvc: {
      Name: "ClusSvc",
      DisplayName: "Cluster Service",
      Status: host.cluster === null ? "Stopped" : "Running",
      StartType: host.cluster === null ? "Disabled" : "Automatic",
    },
  };
  return services[args.name.toLowerCase()] ?? null;
});

function clusterDenied(): StandInError {
  return new StandInError(
    "Get-ClusterGroup",
    "NotSpecified",
    "You do not have administrative privileges on the cluster. Contact your network administrator to request access. Access is denied",
  );
}

function requireCluster(host: Host, cmdlet: string): string {
  if (host.cluster !== null) return host.cluster;
  throw new StandInError(
    cmdlet,
    "NotSpecified",
    "The cluster service is not running. Make sure that the service is running on all nodes in the cluster. There are no more endpoints available from the endpoint mapper",
  );
}

function rolesOf({
  fleet,
  host,
}: Pick<StandInContext, "fleet" | "host">): { node: Host; vm: VirtualMachine }[] {
  return clusterNodes(fleet, host).flatMap((node) =>
    [...node.vms.values()].filter((vm) => vm.clustered).map((vm) => ({ node, vm })),
  );
}

function requireRole(context: StandInContext, vmId: string, cmdlet: string): VirtualMachine {
  requireCluster(context.host, cmdlet);
  const role = rolesOf(context).find(({ vm }) => vm.id === vmId.toLowerCase());
  if (role !== undefined) return role.vm;
  throw new StandInError(
    cmdlet,
    "NotSpecified",
    `Failed to retrieve the cluster group of the virtual machine ${vmId}.`,
  );
}

function groupId(cluster: string, of: string): string {
  return derivedGuid(cluster, "group", of).toLowerCase();
}

function group(cluster: string, name: string, type: string, owner: Host): JsonObject {
  return {
    Name: name,
    Id: groupId(cluster, name),
    GroupType: type,
    OwnerNode: owner.computerName,
    Cluster: cluster,
    State: "Online",
    VMId: null,
  };
}
