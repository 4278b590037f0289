import type { VirtualMachine } from "./model";

/** Error categories of PowerShell (`System.Management.Automation.ErrorCategory`) that Hyper-V uses here. */
export type ErrorCategory =
  | "FromStdErr"
  | "InvalidArgument"
  | "InvalidOperation"
  | "NotSpecified"
  | "ObjectNotFound"
  | "ResourceBusy"
  | "ResourceExists"
  | "ResourceUnavailable"
  | "WriteError";

/** A failure in the shape of a Hyper-V cmdlet's error record. */
export class HyperVError extends Error {
  override readonly name = "HyperVError";
  /** The part of `FullyQualifiedErrorId` before the cmdlet's class, for example `InvalidParameter`. */
  readonly errorId: string;
  readonly category: ErrorCategory;

  constructor(errorId: string, category: ErrorCategory, message: string) {
    super(message);
    this.errorId = errorId;
    this.category = category;
  }
}

/** What Hyper-V says of a cmdlet that the VM's state does not allow. */
export function invalidState(vm: VirtualMachine, cmdlet: string): HyperVError {
  return new HyperVError(
    "InvalidState",
    "InvalidOperation",
    `${cmdlet}: '${vm.name}' cannot be changed. The operation cannot be performed while the object is in its current state.`,
  );
}
