import type { AethervError } from "@/lib/domain/errors";
import type { HostInventory } from "@/lib/domain/inventory";
import type { CreatedResource } from "@/lib/domain/job";
import type { JsonValue } from "@/lib/domain/json";

/** What a job made, for its view: `vm_id`, `disk_id` … */
export type JobOutputs = { [key: string]: JsonValue };

/** How an operation ended after all, as a later read of its host shows it. */
export type Outcome =
  | { state: "succeeded"; outputs: JobOutputs; created: CreatedResource[] }
  | { state: "failed"; error: AethervError; created: CreatedResource[] };

/** Looks for the outcome in a good read of the host; null: this read does not settle it. */
export type OutcomeResolver = (host: HostInventory) => Outcome | null | Promise<Outcome | null>;

/**
 * Thrown by a job's work when a mutation was sent and nobody knows how it ended. The job becomes
 * `unknown`, and each later good read of its host is shown to the resolver.
 */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown";
  /** Why nobody knows: `contact_lost` or `deadline_exceeded`. */
  readonly reason: AethervError;
  readonly resolve: OutcomeResolver;

  constructor(reason: AethervError, resolve: OutcomeResolver) {
    super(reason.message, { cause: reason });
    this.reason = reason;
    this.resolve = resolve;
  }
}

/** Whether a mutation that failed with this may have been carried out all the same. */
export function isOutcomeUnknown(error: AethervError): boolean {
  return error.code === "contact_lost" || error.code === "deadline_exceeded";
}
