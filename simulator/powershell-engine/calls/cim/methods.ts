import { MEBIBYTE } from "../../../host/bytes";
import { addClusterRole } from "../../../host/cluster";
import { DURATION } from "../../../host/durations";
import { heartbeatOf, identityOf, loadOf } from "../../../host/guest-identity";
import { HyperVError } from "../../../host/hyperv-error";
import type { Host, VirtualMachine } from "../../../host/model";
import type { GuestRequest } from "../../../host/power";
import { holdsMemory } from "../../../host/virtual-machines";
import { methodError, RETURN } from "../management-jobs";
import { type JsonObject, type JsonValue, type StandInContext, StandInError, vmOf } from "../stand-in-call";
import { CIM_FAILURE, type CimInstance, toJson, toReference } from "./cim-instance";
import { readKvpItem } from "./kvp-item-xml";
import { concreteJob, enabledState, instance, operationalStatus } from "./system-instances";

/** Output parameters by name; `ReturnValue` where the method has one. */
export type MethodOutput = JsonObject;
export type Arguments = Readonly<Record<string, JsonValue>>;

/** Carries out a method that the class of the instance declares. */
export async function invokeMethod(
  context: StandInContext,
  target: CimInstance,
  method: string,
  args: Arguments,
): Promise<MethodOutput> {
  switch (method) {
    case "GetSummaryInformation":
      return summaries(context, args);
    case "AddKvpItems":
    case "ModifyKvpItems":
    case "RemoveKvpItems":
      return changeItems(context, method, args);
    case "InitiateShutdown":
      return askGuest(context, target, "shutdown");
    case "InitiateReboot":
      return askGuest(context, target, "restart");
    case "AddVirtualMachine":
      return addVirtualMachine(context, args);
  }
  throw new Error(`There is no method ${method}.`);
}

/** Values of RequestedInformation and the properties that they stand for. */
const SUMMARY: Record<number, (context: StandInContext, vm: VirtualMachine) => Record<string, JsonValue>> = {
  0: (_context, vm) => ({ Name: vm.id.toUpperCase() }),
  1: (_context, vm) => ({ ElementName: vm.name }),
  3: (_context, vm) => ({ Notes: vm.notes }),
  4: (_context, vm) => ({ NumberOfProcessors: vm.processorCount }),
  100: (_context, vm) => ({ EnabledState: enabledState(vm) }),
  101: ({ fleet }, vm) => ({ ProcessorLoad: loadOf(vm, fleet.clock.now()) ?? 0 }),
  103: (_context, vm) => ({ MemoryUsage: holdsMemory(vm) ? vm.memoryStartupBytes / MEBIBYTE : null }),
  104: ({ host }, vm) => ({ Heartbeat: heartbeatCode(host, vm) }),
  105: ({ fleet }, vm) => ({
    UpTime: vm.startedAt === null ? 0 : Math.max(0, fleet.clock.now() - vm.startedAt),
  }),
  106: ({ host }, vm) => ({ GuestOperatingSystem: identityOf(host, vm)?.osName ?? null }),
  109: () => ({ HealthState: 5 }),
  110: (_context, vm) => ({ OperationalStatus: operationalStatus(vm) }),
};

/** `Heartbeat`: OK, Error, No Contact, Lost Communication, Paused. */
const HEARTBEAT = { ok: 2, error: 6, no_contact: 12, lost: 13 } as const;
const HEARTBEAT_PAUSED = 15;

function heartbeatCode(host: Host, vm: VirtualMachine): number | null {
  const name = heartbeatOf(host, vm);
  if (name !== null) return HEARTBEAT[name];
  return vm.state === "paused" ? HEARTBEAT_PAUSED : null;
}

/** Only what is asked for has a value; without SettingData it is about all VMs. */
function summaries(context: StandInContext, args: Arguments): MethodOutput {
  const codes = numbers(args.RequestedInformation);
  const vms = [...context.host.vms.values()];
  return {
    ReturnValue: RETURN.completed,
    SummaryInformation: vms.map((vm) => {
      const values = codes.map((code) => SUMMARY[code]?.(context, vm) ?? {});
      return toJson(instance("Msvm_SummaryInformation", Object.assign({}, ...values)));
    }),
  };
}

/** For a stopped VM at once; for any other it is a job. */
async function changeItems(
  context: StandInContext,
  method: "AddKvpItems" | "ModifyKvpItems" | "RemoveKvpItems",
  args: Arguments,
): Promise<MethodOutput> {
  const { fleet, jobs } = context;
  const vm = vmOf(context, keyOf(args.TargetSystem, "Name"));
  const items = strings(args.DataItems).map(readKvpItem);
  const work = async () => {
    await context.takes(DURATION.kvpCall);
    if (method === "AddKvpItems") fleet.kvp.addItems(vm, items);
    else if (method === "ModifyKvpItems") fleet.kvp.modifyItems(vm, items);
    else
      fleet.kvp.removeItems(
        vm,
        items.map(([name]) => name),
      );
  };
  if (vm.state !== "off") {
    const job = jobs.start(method, fleet.clock.now(), work);
    return { ReturnValue: RETURN.jobStarted, Job: toReference(concreteJob(job)) };
  }
  try {
    await work();
    return { ReturnValue: RETURN.completed, Job: null };
  } catch (error) {
    if (!(error instanceof HyperVError)) throw error;
    return { ReturnValue: methodError(error), Job: null };
  }
}

function askGuest(context: StandInContext, target: CimInstance, request: GuestRequest): MethodOutput {
  const vm = vmOf(context, String(target.values.SystemName));
  return { ReturnValue: context.fleet.power.askGuest(context.host, vm, request) };
}

/** The cluster finds the VM by its name; the method has no return value. */
async function addVirtualMachine(context: StandInContext, args: Arguments): Promise<MethodOutput> {
  await context.takes(DURATION.changeCluster);
  try {
    addClusterRole(context.host, String(args.VirtualMachine ?? ""));
    return {};
  } catch (error) {
    if (!(error instanceof HyperVError)) throw error;
    throw new StandInError(CIM_FAILURE.failed, "NotSpecified", `Generic failure. ${error.message}`);
  }
}

function keyOf(reference: JsonValue | undefined, key: string): string {
  const value = typeof reference === "object" && reference !== null ? (reference as JsonObject)[key] : null;
  if (typeof value === "string") return value;
  throw new StandInError(
    CIM_FAILURE.invalidMethodParameters,
    "InvalidArgument",
    "Invalid method Parameter(s) ",
  );
}

function strings(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function numbers(value: JsonValue | undefined): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
