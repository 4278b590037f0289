import { describe, expect, test } from "vitest";
import { standInRunner } from "./stand-in-runner";

const hosts = standInRunner();
const SPACE = "-Namespace root/virtualization/v2";
const SERVICE = `$service = Get-CimInstance ${SPACE} -ClassName Msvm_VirtualSystemManagementService`;
const SYSTEM = `$system = Get-CimInstance ${SPACE} -ClassName Msvm_ComputerSystem | Where-Object -FilterScript { $_.ElementName -eq 'dc01' }`;

describe("instances", () => {
  test("say what they are, and have values of their CIM types", async () => {
    const script = `
      ${SYSTEM}
      $system.PSObject.TypeNames[0..1]
      $system.CimClass.CimClassName
      $system.EnabledState.GetType().Name
      $null -eq $system.ProcessID
      $os = Get-CimInstance Win32_OperatingSystem
      "$($os.FreePhysicalMemory.GetType().Name) $($os.Version)"`;
    expect(await hosts.lines(script)).toEqual([
      "Microsoft.Management.Infrastructure.CimInstance#root/virtualization/v2/Msvm_ComputerSystem",
      "Microsoft.Management.Infrastructure.CimInstance",
      "Msvm_ComputerSystem",
      "UInt16",
      "True",
      "UInt64 10.0.26100",
    ]);
  });

  test("of the client only lead to the one that has their keys, and to none without keys", async () => {
    const id = hosts.vm("dc01").id.toUpperCase();
    const make = (key: string) =>
      `New-CimInstance -ClientOnly ${SPACE} -ClassName Msvm_ComputerSystem ${key}
      -Property @{ CreationClassName = 'Msvm_ComputerSystem'; Name = '${id}' }`.replaceAll("\n", " ");
    const script = `(Get-CimInstance -InputObject (${make("-Key CreationClassName, Name")})).ElementName`;
    expect(await hosts.lines(script)).toEqual(["dc01"]);
    const [failed, category] = await hosts.failure(`Get-CimInstance -InputObject (${make("")})`);
    expect(failed).toBe(
      "HRESULT 0x80041002,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand,Get-CimInstance",
    );
    expect(category).toBe("ObjectNotFound");
  });

  test.each([
    ["Get-CimInstance -ClassName Win32_Nothing", "HRESULT 0x80041010"],
    [`Get-CimInstance ${SPACE} -ClassName Win32_Volume`, "HRESULT 0x80041010"],
    ["Get-CimInstance -Namespace root/nowhere -ClassName Win32_Volume", "HRESULT 0x8004100e"],
    ["Get-CimInstance -ClassName Win32_Volume -Filter 'DriveType = 3'", "StandInNotImplemented"],
    ["Get-CimInstance -InputObject 'dc01'", "MismatchedPSTypeName"],
    ["(Get-CimInstance Win32_Volume)[0].Size", "PropertyNotFoundStrict"],
  ])("asked for in vain: %s", async (script, id) => {
    expect((await hosts.failure(script))[0]?.startsWith(id)).toBe(true);
  });
});

describe("methods", () => {
  test("give their return value and their instances", async () => {
    const script = `
      ${SERVICE}
      $arguments = @{ RequestedInformation = [uint32[]](1, 3) }
      $answer = Invoke-CimMethod -InputObject $service -MethodName GetSummaryInformation -Arguments $arguments
      "$($answer.ReturnValue) $($answer.ReturnValue.GetType().Name)"
      $answer.SummaryInformation | ForEach-Object -Process { $_.ElementName }`;
    expect(await hosts.lines(script)).toEqual(["0 UInt32", "dc01", "sql01", "build-old"]);
  });

  test.each([
    ["an unknown method", "Define", "@{}", "HRESULT 0x80041055"],
    ["an unknown parameter", "AddKvpItems", "@{ Target = $system }", "HRESULT 0x8004102f"],
    ["no reference", "AddKvpItems", "@{ TargetSystem = 'dc01' }", "HRESULT 0x80041005"],
    [
      "no item",
      "AddKvpItems",
      "@{ TargetSystem = $system; DataItems = [string[]]'a' }",
      "HRESULT 0x80041008",
    ],
  ])("refuse %s", async (_title, method, args, id) => {
    const script = `${SERVICE}; ${SYSTEM}; Invoke-CimMethod -InputObject $service -MethodName ${method} -Arguments ${args}`;
    expect((await hosts.failure(script))[0]?.startsWith(`${id},`)).toBe(true);
  });

  test("that go on as a job give a reference to it, whose state is read anew", async () => {
    const item =
      '<INSTANCE CLASSNAME="Msvm_KvpExchangeDataItem"><PROPERTY NAME="Name" TYPE="string"><VALUE>a</VALUE></PROPERTY><PROPERTY NAME="Source" TYPE="uint16"><VALUE>0</VALUE></PROPERTY></INSTANCE>';
    const script = `
      ${SERVICE}; ${SYSTEM}
      $arguments = @{ TargetSystem = $system; DataItems = [string[]]'${item}' }
      $answer = Invoke-CimMethod -InputObject $service -MethodName AddKvpItems -Arguments $arguments
      $answer.ReturnValue
      $null -eq $answer.Job.JobState
      do { $job = Get-CimInstance -InputObject $answer.Job } while ($job.JobState -lt 7)
      $job.JobState`;
    expect(await hosts.lines(script)).toEqual(["4096", "True", "7"]);
  });
});
