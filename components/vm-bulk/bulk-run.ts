import { ApiProblem } from "@/lib/client/api";
import type { Accepted } from "@/lib/client/resources";
import { SubmitIntent } from "@/lib/client/submit-intent";
import { isTerminal, type JobKind, type JobView } from "@/lib/domain/job";

/** So many requests are on their way at once. */
const AT_ONCE = 4;

/** How far one VM's request has come. */
export type ItemState =
  | { kind: "waiting" }
  | { kind: "sending" }
  /** The server said no, or did not answer; nothing but another try helps. `passing`: it need not stay so. */
  | { kind: "refused"; failure: unknown; passing: boolean }
  /** Its job; null: nobody has read it yet. `lost`: the server has it no longer. */
  | { kind: "started"; job_id: string; job: JobView | null; lost: boolean };

export interface BulkItem {
  vm_id: string;
  vm_name: string;
  state: ItemState;
}

export interface BulkSnapshot {
  items: readonly BulkItem[];
  /** Requests are on their way, or wait for their turn. */
  sending: boolean;
}

export interface BulkOrder {
  /** What is done, as a title: "Shut down 3 VMs". */
  title: string;
  kind: JobKind;
  vms: readonly { vm_id: string; vm_name: string }[];
  /** Sends the request about one VM. */
  send: (vmId: string, idempotencyKey: string) => Promise<Accepted>;
}

/**
 * One action on many VMs: a request each, a few at once. What one of them comes to stops no other, unless it says
 * of the server itself that no request is taken now: then the rest waits until somebody tries again.
 */
export class BulkRun {
  readonly order: BulkOrder;
  readonly #listeners = new Set<() => void>();
  readonly #intents = new Map<string, SubmitIntent>();
  readonly #place: ReadonlyMap<string, number>;
  #items: readonly BulkItem[];
  #snapshot: BulkSnapshot;

  constructor(order: BulkOrder) {
    this.order = order;
    this.#items = order.vms.map(({ vm_id, vm_name }) => ({ vm_id, vm_name, state: { kind: "waiting" } }));
    this.#place = new Map(order.vms.map(({ vm_id }, index) => [vm_id, index]));
    this.#snapshot = { items: this.#items, sending: false };
  }

  readonly snapshot = (): BulkSnapshot => this.#snapshot;

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Sends what waits; resolves once every request was answered, or none is taken any more. */
  async send(): Promise<void> {
    if (this.#snapshot.sending) return;
    this.#tell(true);
    let next = 0;
    let halt: unknown = null;
    const work = async () => {
      while (halt === null && next < this.#items.length) {
        const item = this.#items[next];
        next += 1;
        if (item?.state.kind !== "waiting") continue;
        const failure = await this.#sendOne(item.vm_id);
        if (failure !== null && isOfServer(failure)) halt = failure;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const failure: unknown = halt;
    if (failure !== null) {
      this.#items = this.#items.map((item) =>
        item.state.kind === "waiting"
          ? { ...item, state: { kind: "refused", failure, passing: true } }
          : item,
      );
    }
    this.#tell(false);
  }

  /** Sends again what was not taken for a reason that passes. */
  async retry(): Promise<void> {
    if (this.#snapshot.sending) return;
    this.#items = this.#items.map((item) =>
      item.state.kind === "refused" && item.state.passing ? { ...item, state: { kind: "waiting" } } : item,
    );
    await this.send();
  }

  /**
   * Takes in how its jobs are.
   * @param asked ids of jobs that would be among these if the server had them
   */
  note(jobs: Iterable<JobView>, asked: ReadonlySet<string>): void {
    const byId = new Map(Array.from(jobs, (job) => [job.job_id, job]));
    let changed = false;
    this.#items = this.#items.map((item) => {
      if (!isUnderWay(item.state)) return item;
      const job = byId.get(item.state.job_id);
      if (job === undefined && !asked.has(item.state.job_id)) return item;
      if (job !== undefined && sameTo(job, item.state.job)) return item;
      changed = true;
      return { ...item, state: { ...item.state, job: job ?? item.state.job, lost: job === undefined } };
    });
    if (changed) this.#tell(this.#snapshot.sending);
  }

  /** Ids of its jobs that have not ended, as far as is known. */
  underWay(): string[] {
    return this.#items.flatMap(({ state }) => (isUnderWay(state) ? [state.job_id] : []));
  }

  /** @returns why it was not taken; null: it was */
  async #sendOne(vmId: string): Promise<unknown> {
    const intent = this.#intents.get(vmId) ?? new SubmitIntent();
    this.#intents.set(vmId, intent);
    this.#set(vmId, { kind: "sending" });
    try {
      const { job_id } = await this.order.send(vmId, intent.keyFor(vmId));
      intent.settled();
      this.#set(vmId, { kind: "started", job_id, job: null, lost: false });
      return null;
    } catch (failure) {
      if (failure instanceof ApiProblem) intent.settled();
      this.#set(vmId, { kind: "refused", failure, passing: isOfServer(failure) });
      return failure;
    }
  }

  #set(vmId: string, state: ItemState): void {
    const index = this.#place.get(vmId);
    const item = index === undefined ? undefined : this.#items[index];
    if (index === undefined || item === undefined) return;
    this.#items = this.#items.with(index, { ...item, state });
    this.#tell(true);
  }

  #tell(sending: boolean): void {
    this.#snapshot = { items: this.#items, sending };
    for (const listener of this.#listeners) listener();
  }
}

/** A started item whose job has not ended, as far as is known. */
export function isUnderWay(state: ItemState): state is Extract<ItemState, { kind: "started" }> {
  return state.kind === "started" && !state.lost && (state.job === null || !isTerminal(state.job.state));
}

/** Whether a failure says nothing of the VM: the server takes no request now, or does not answer. */
function isOfServer(failure: unknown): boolean {
  if (!(failure instanceof ApiProblem)) return true;
  const { code } = failure.problem;
  return code === "queue_full" || code === "shutting_down" || code === "not_ready";
}

function sameTo(job: JobView, known: JobView | null): boolean {
  return known !== null && job.state === known.state && job.log_lines === known.log_lines;
}
