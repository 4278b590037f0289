import { expect, test } from "vitest";
import { standInRunner } from "./stand-in-runner";

const hosts = standInRunner();

test("roles are found by their VM, and renamed by their Name", async () => {
  const { id } = hosts.vm("dc01");
  const script = `
    $group = Get-ClusterGroup -VMId ${id}
    "$($group.Name) $($group.GroupType) $($group.OwnerNode) $($group.State)"
    $group.Name = 'domain'
    (Get-ClusterGroup -Name domain).Id -eq $group.Id`;
  expect(await hosts.lines(script, "hv02")).toEqual(["dc01 VirtualMachine HV01 Online", "True"]);
  expect(hosts.vm("dc01").roleName).toBe("domain");
  const [, , message] = await hosts.failure(`(Get-ClusterGroup -VMId ${id}).Name = 'web01'`);
  expect(message).toContain("has a group named 'web01' already");
});

test("resources tell the id of their VM", async () => {
  hosts.vm("gitlab").roleName = "git";
  const script = `
    foreach ($resource in Get-CimInstance -Namespace root/MSCluster -ClassName MSCluster_Resource) {
      $vmId = $resource.PrivateProperties.PSObject.Properties['VmID']
      "$($resource.Name) | $($resource.OwnerGroup) | $($resource.State) | $(if ($vmId) { $vmId.Value })"
    }`;
  const lines = await hosts.lines(script);
  expect(lines).toContain(`Virtual Machine gitlab | git | 2 | ${hosts.vm("gitlab").id}`);
  expect(lines).toContain(`Virtual Machine Configuration gitlab | git | 2 | ${hosts.vm("gitlab").id}`);
  expect(lines).toContain("Cluster Name | Cluster Group | 2 | ");
});

test("a role is taken away with its resources, and never by asking", async () => {
  const { id } = hosts.vm("dc01");
  expect((await hosts.failure(`Remove-ClusterGroup -VMId ${id} -RemoveResources`))[0]).toMatch(
    /^InvalidOperation,/,
  );
  expect((await hosts.failure(`Remove-ClusterGroup -VMId ${id} -Force`))[0]).toMatch(/^Remove-ClusterGroup,/);
  expect(hosts.vm("dc01").clustered).toBe(true);
  await hosts.lines(`Remove-ClusterGroup -VMId ${id} -RemoveResources -Force`);
  expect(hosts.vm("dc01")).toMatchObject({ clustered: false, state: "running" });
  expect((await hosts.failure(`Get-ClusterGroup -VMId ${id}`))[0]).toMatch(
    /^Get-ClusterGroup,Microsoft\.FailoverClusters\.PowerShell\.GetClusterGroupCommand,/,
  );
});

test("shared volumes tell their room, and a host outside a cluster that the service does not run", async () => {
  const script = `
    foreach ($volume in Get-ClusterSharedVolume) {
      $information = $volume.SharedVolumeInfo[0]
      "$($information.FriendlyVolumeName) $($information.Partition.Size / 1TB)"
    }`;
  expect(await hosts.lines(script)).toEqual([
    "C:\\ClusterStorage\\Volume1 2",
    "C:\\ClusterStorage\\Volume2 4",
  ]);
  expect((await hosts.failure("Get-Cluster", "hv03"))[0]).toMatch(
    /^Get-Cluster,Microsoft\.FailoverClusters\.PowerShell\.GetClusterCommand,/,
  );
});

test("nodes are those of the cluster, also one that is down or paused", async () => {
  for (const host of hosts.fleet.hosts.values()) host.poweredOn = host.name !== "hv02";
  const script = 'foreach ($node in Get-ClusterNode) { "$($node.Name) $($node.State) $($node.Cluster)" }';
  expect(await hosts.lines(script)).toEqual(["HV01 Up cluster01", "HV02 Down cluster01"]);
  expect(await hosts.lines("(Get-ClusterNode -Name hv02).Id")).toEqual(["2"]);
  expect((await hosts.failure("Get-ClusterNode -Name hv09"))[0]).toMatch(
    /^Get-ClusterNode,Microsoft\.FailoverClusters\.PowerShell\.GetClusterNodeCommand,/,
  );
  expect((await hosts.failure("Get-ClusterNode", "hv03"))[0]).toMatch(/^Get-ClusterNode,/);
});
