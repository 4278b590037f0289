import type { z } from "zod";
import type { Fleet } from "../../host/fleet";
import type { ErrorCategory } from "../../host/hyperv-error";
import type { Host, VirtualMachine } from "../../host/model";
import { getVm } from "../../host/virtual-machines";
import type { SimulatedDrives } from "../drives/simulated-drives";
import type { ManagementJobs } from "./management-jobs";

export type JsonValue = string | number | boolean | null | JsonValue[] | { [member: string]: JsonValue };
export type JsonObject = { [member: string]: JsonValue };

/** Error categories that the stand-ins use beside Hyper-V's. */
export type StandInCategory = ErrorCategory | "MetadataError" | "NotImplemented" | "PermissionDenied";

/** What a call answers in place of a result: the parts of an error record. */
export class StandInError extends Error {
  override readonly name = "StandInError";
  /** The part of `FullyQualifiedErrorId` before the class of the cmdlet. */
  readonly id: string;
  readonly category: StandInCategory;
  readonly target: string | null;

  constructor(id: string, category: StandInCategory, message: string, target: string | null = null) {
    super(message);
    this.id = id;
    this.category = category;
    this.target = target;
  }
}

/** What a call works with. */
export interface StandInContext {
  fleet: Fleet;
  /** The host that the script runs on. */
  host: Host;
  drives: SimulatedDrives;
  jobs: ManagementJobs;
  /** Takes as long as the management service would; it goes on when the script's process ends. */
  takes(milliseconds: number): Promise<void>;
}

/** One operation on the simulator's state, as the modules ask for it by name with `Invoke-StandIn`. */
export type StandInCall = (context: StandInContext, args: unknown) => Promise<JsonValue>;

/** Makes a call whose arguments are checked: wrong ones are a mistake of the modules, and throw a `ZodError`. */
export function standInCall<Arguments>(
  schema: z.ZodType<Arguments>,
  run: (context: StandInContext, args: Arguments) => JsonValue | Promise<JsonValue>,
): StandInCall {
  return async (context, args) => run(context, schema.parse(args));
}

/** The VM of this id; throws as a cmdlet does whose VM is gone. */
export function vmOf(context: StandInContext, vmId: string): VirtualMachine {
  return getVm(context.host, vmId);
}
