import { describe, expect, test } from "vitest";
import { standInRunner } from "./stand-in-runner";

const hosts = standInRunner();
const FOLDER = "C:\\ClusterStorage\\Volume1\\Hyper-V";

describe("objects", () => {
  test("say what they are, and have values of the real types", async () => {
    const script = `
      $vm = Get-VM -Name DC01
      $vm.PSObject.TypeNames[0]
      foreach ($name in 'Id', 'State', 'MemoryStartup', 'Uptime', 'Generation') { $vm.$name.GetType().Name }
      [int]$vm.State
      $vm.State -eq 'Running'
      $disk = Get-VHD -Path @(Get-VMHardDiskDrive -VM $vm)[0].Path
      $disk.PSObject.TypeNames[0]
      "$($disk.VhdFormat) $($disk.VhdType) $($disk.Size.GetType().Name)"`;
    expect(await hosts.lines(script)).toEqual([
      "Microsoft.HyperV.PowerShell.VirtualMachine",
      "Guid",
      "VMState",
      "Int64",
      "TimeSpan",
      "Int32",
      "2",
      "True",
      "Microsoft.Vhd.PowerShell.VirtualHardDisk",
      "VHDX Dynamic UInt64",
    ]);
  });

  test("follow what is done to them", async () => {
    const script = `
      $vm = Get-VM -Name build-old
      Set-VM -VM $vm -Notes 'Größe'; $vm.Notes
      Rename-VM -VM $vm -NewName new; $vm.Name
      Set-VMProcessor -VM $vm -Count 3; $vm.ProcessorCount
      Start-VM -VM $vm; [string]$vm.State
      $adapter = Get-VMNetworkAdapter -VM $vm
      Disconnect-VMNetworkAdapter -VMNetworkAdapter $adapter; $adapter.Connected
      Rename-VMNetworkAdapter -VMNetworkAdapter $adapter -NewName outer; $adapter.Name`;
    expect(await hosts.lines(script)).toEqual(["Größe", "new", "3", "Running", "False", "outer"]);
    expect(hosts.vm("new")).toMatchObject({ processorCount: 3, state: "running", roleName: "build-old" });
  });

  test("lack what the real ones lack: asking for it is an error under strict mode", async () => {
    expect((await hosts.failure("(Get-VM -Name dc01).Memory"))[0]).toBe("PropertyNotFoundStrict");
  });
});

describe("parameters", () => {
  test.each([
    ["that the real cmdlet does not have", "Get-VM -Host hv01", "NamedParameterNotFound,Get-VM"],
    ["misspelt", "New-VM -Name x -MemoryStartUp 1GB -Generatoin 2", "NamedParameterNotFound,New-VM"],
    ["with a text for a VM", "Start-VM -VM dc01", "ParameterArgumentTransformationError,Start-VM"],
    [
      "outside the values that there are",
      "New-VM -Name x -Generation 3",
      "ParameterArgumentValidationError,New-VM",
    ],
    [
      "with an unknown name of a value",
      "Add-VMHardDiskDrive -VMName dc01 -ControllerType SATA",
      "ParameterArgumentTransformationError,Add-VMHardDiskDrive",
    ],
    [
      "of two parameter sets",
      "Remove-VM -Name dc01 -VM (Get-VM -Name dc01)",
      "AmbiguousParameterSet,Remove-VM",
    ],
    ["that the stand-in does not carry out", "Get-VM -ComputerName hv02", "StandInNotImplemented,Get-VM"],
  ])("%s are errors", async (_title, script, id) => {
    expect((await hosts.failure(script))[0]).toBe(id);
  });

  test("can be shortened and go by their aliases, as everywhere", async () => {
    expect(await hosts.lines("(Get-VM -VMName dc01).Name; (Get-VM -Na sql01).Name")).toEqual([
      "dc01",
      "sql01",
    ]);
  });

  test("that keep the real cmdlet from asking are needed", async () => {
    for (const script of [
      "Remove-VM -Name build-old",
      "Stop-VM -Name dc01 -TurnOff",
      "Restart-VM -Name dc01",
      `Set-VHD -Path '${FOLDER}\\dc01\\dc01.vhdx' -ResetDiskIdentifier`,
    ]) {
      expect((await hosts.failure(script))[0]).toMatch(/^InvalidOperation,Microsoft\./);
    }
    expect(hosts.vm("dc01").state).toBe("running");
  });
});

describe("errors begin with the real cmdlets' ids", () => {
  const commands = "Microsoft.HyperV.PowerShell.Commands";
  const disks = "Microsoft.Vhd.PowerShell.Cmdlets";
  test.each([
    ["an unknown name", "Get-VM -Name nobody", `InvalidParameter,${commands}.GetVM`, "InvalidArgument"],
    ["an unknown id", "Get-VM -Id ([guid]::NewGuid())", `ObjectNotFound,${commands}.GetVM`, "ObjectNotFound"],
    [
      "a VM that must be off",
      "Set-VMProcessor -VMName dc01 -Count 2",
      `InvalidState,${commands}.SetVMProcessor`,
      "InvalidOperation",
    ],
    [
      "an unknown switch",
      "Add-VMNetworkAdapter -VMName dc01 -SwitchName Nowhere",
      `InvalidParameter,${commands}.AddVMNetworkAdapter`,
      "InvalidArgument",
    ],
    [
      "a file that exists",
      `New-VHD -Path '${FOLDER}\\dc01\\dc01.vhdx' -SizeBytes 1GB`,
      `OperationFailed,${disks}.NewVhd`,
      "NotSpecified",
    ],
    [
      "a full volume",
      `New-VHD -Path '${FOLDER}\\dc01\\a.vhdx' -SizeBytes 60TB -Fixed`,
      `OperationFailed,${disks}.NewVhd`,
      "NotSpecified",
    ],
    ["a missing file", "Get-VHD -Path 'C:\\a.vhdx'", `ObjectNotFound,${disks}.GetVHD`, "ObjectNotFound"],
    [
      "a file in use",
      `Set-VHD -Path '${FOLDER}\\dc01\\dc01.vhdx' -ResetDiskIdentifier -Force`,
      `ObjectInUse,${disks}.SetVhd`,
      "ResourceBusy",
    ],
  ])("for %s", async (_title, script, id, category) => {
    const [found, kind] = await hosts.failure(script);
    expect(found).toMatch(new RegExp(`^${id.replaceAll(".", "\\.")},`));
    expect(kind).toBe(category);
  });

  test("and follow the caller's preference, as a cmdlet's do", async () => {
    const script = `
      Get-VM -Name nobody -ErrorAction SilentlyContinue
      'silent'
      $ErrorActionPreference = 'Continue'
      $written = Get-VM -Name nobody, dc01 2>&1
      "$($written.Count) $($written[0].GetType().Name) $($written[1].Name)"
      function Test-Own { $ErrorActionPreference = 'Stop'; Get-VM -Name nobody; 'not reached' }
      try { Test-Own } catch { 'caught' }`;
    expect(await hosts.lines(script)).toEqual(["silent", "2 ErrorRecord dc01", "caught"]);
  });
});

test("a state that is there already is a warning", async () => {
  const script = 'Start-VM -Name dc01 3>&1 | ForEach-Object -Process { "$($_.GetType().Name): $_" }';
  expect(await hosts.lines(script)).toEqual([
    "WarningRecord: The virtual machine is already in the specified state.",
  ]);
});

test("-WhatIf changes nothing", async () => {
  await hosts.lines("Stop-VM -Name dc01 -TurnOff -Force -WhatIf; Remove-VM -Name build-old -Force -WhatIf");
  expect(hosts.vm("dc01").state).toBe("running");
  expect(hosts.vm("build-old").state).toBe("off");
});
