import type { FieldValues } from "@/lib/domain/field-values";
import type { CallContext } from "@/lib/domain/hypervisor";
import type { HostInventory, VmRecord } from "@/lib/domain/inventory";
import type { CreatedResource, JobKind } from "@/lib/domain/job";
import type { JobOutputs } from "@/lib/jobs/outcome";
import type { Refusal } from "./refusal";
import type { Target } from "./target";

/**
 * A change of a host by one call of an agent, described. `prepared-job.ts` makes a job of it, and is the same
 * for all of them: the checks beforehand, the call that is made once, what is known after lost contact.
 *
 * @typeParam Answer what the agent gives when it has succeeded
 */
export interface Operation<Answer> {
  kind: JobKind;
  target: Target;
  /** As it was validated; its secrets go with the call and are blackened wherever they come back. */
  request: FieldValues;
  /** What is known against it before anything is sent. */
  refusals(): Refusal[];
  /** The version of what it changes, within its VM; null: that is not there. Absent: it changes nothing that exists. */
  versionOf?: (vm: VmRecord) => string | null;
  /** What it is about to do, for the log. */
  intent: string;
  /** Reads on hosts what `send` needs to know. Nothing is changed by it. */
  beforehand?: (call: CallContext) => Promise<void>;
  send(call: CallContext): Promise<Answer>;
  /** What the answer means, and how the log says so. */
  done(answer: Answer): Change & { words: string };
  /** Asked for when the call leaves the queue: it can remember what there was before. */
  evidence(): Evidence;
}

/** What an operation has changed. */
export interface Change {
  outputs: JobOutputs;
  /** What exists because of it. */
  created: CreatedResource[];
  /** The VM as it is known now; null: it does not exist any more. */
  vm: { vm_id: string; vm_name: string } | null;
}

/** How a read of the host shows, after contact was lost, whether the operation was carried out. */
export interface Evidence {
  /** null: the read shows nothing of it. */
  find(read: Pick<HostInventory, "vms">): Change | null;
  /**
   * What follows if a read shows nothing of it: `VM web-01 does not exist`. null: nothing does, for it can take
   * longer than any read waits.
   */
  absence: string | null;
  /** What to do then. Absent: nothing was changed. */
  next?: string;
}
