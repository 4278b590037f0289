/** Error categories of PowerShell (`System.Management.Automation.ErrorCategory`) that Hyper-V uses here. */
export type ErrorCategory =
  | "InvalidArgument"
  | "InvalidOperation"
  | "NotSpecified"
  | "ObjectNotFound"
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
