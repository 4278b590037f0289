import { z } from "zod";

const onCall = {
  /** Only calls of this agent; without it: every agent's. */
  agent: z.string().optional(),
  operation: z.string().optional(),
};
const onGuest = {
  /** Only the VM of this name; without it: every VM of the host. */
  vm_name: z.string().optional(),
};

/**
 * How a host can be set up other than agents need it, and in one way better: `credentials_travel`, as with CredSSP or
 * delegation, so that the account reaches file shares. `no_hyperv_module` only the node engine knows.
 */
const HOST_CONDITIONS = [
  "no_hyperv_module",
  "vmms_stopped",
  "no_hyperv_rights",
  "cluster_silent",
  "credentials_travel",
] as const;
export type HostCondition = (typeof HOST_CONDITIONS)[number];

/** On how many occasions the fault shows; null: on all, until it is cleared. */
const times = z.int().min(1).nullable().default(1);

/**
 * What can go wrong on a simulated host, beside what its endpoint can do to the connection.
 *
 * - `agent_error`: the call answers with this code before it changes anything.
 * - `agent_crash`: the process ends without a result, before the operation or after it.
 * - `agent_garbage`: stdout carries foreign lines and a forged result beside the real one.
 * - `agent_hangs`: the call never ends by itself.
 * - `volume_full`: image copies find the volume under `path` full half-way.
 * - `file_locked`: the file at `path` cannot be deleted, as while another process holds it open.
 * - `kvp_refused`: Hyper-V takes no host items.
 * - `host_resources`: hostresources.json has this text (null: it is missing) until the fault is cleared.
 * - `host_condition`: the host is set up like this until the fault is cleared.
 * - `guest_silent`, `guest_fails`, `guest_chunks_key`: what the guest does in place of answering well.
 * - `guest_ignores_shutdown`: the guest takes a request to shut down or restart, and goes on.
 */
const faultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("agent_error"),
    host: z.string(),
    ...onCall,
    code: z.string(),
    message: z.string().default("A fault was injected."),
    target: z.string().nullable().default(null),
    times,
  }),
  z.strictObject({
    kind: z.literal("agent_crash"),
    host: z.string(),
    ...onCall,
    when: z.enum(["before", "after"]).default("before"),
    exit_code: z.int().default(-532462766),
    times,
  }),
  z.strictObject({
    kind: z.literal("agent_garbage"),
    host: z.string(),
    ...onCall,
    times,
  }),
  z.strictObject({
    kind: z.literal("agent_hangs"),
    host: z.string(),
    ...onCall,
    times,
  }),
  z.strictObject({
    kind: z.literal("volume_full"),
    host: z.string(),
    path: z.string(),
    times,
  }),
  z.strictObject({
    kind: z.literal("kvp_refused"),
    host: z.string(),
    ...onGuest,
    times,
  }),
  z.strictObject({
    kind: z.literal("host_resources"),
    host: z.string(),
    text: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("host_condition"),
    host: z.string(),
    condition: z.enum(HOST_CONDITIONS),
  }),
  z.strictObject({
    kind: z.literal("guest_silent"),
    host: z.string(),
    ...onGuest,
    times,
  }),
  z.strictObject({
    kind: z.literal("guest_fails"),
    host: z.string(),
    ...onGuest,
    error: z.string().default("error apply:network"),
    times,
  }),
  z.strictObject({
    kind: z.literal("guest_chunks_key"),
    host: z.string(),
    ...onGuest,
    times,
  }),
  z.strictObject({
    kind: z.literal("guest_ignores_shutdown"),
    host: z.string(),
    ...onGuest,
    times,
  }),
  z.strictObject({
    kind: z.literal("file_locked"),
    host: z.string(),
    path: z.string(),
    times,
  }),
]);

export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault["kind"];

/** The kinds that {@link FaultRegistry.add} takes. */
export const FAULT_KINDS: readonly string[] = faultSchema.options.map((option) => option.shape.kind.value);

/** The faults in force on all hosts. */
export class FaultRegistry {
  #active: { fault: Fault; left: number }[] = [];

  /** Takes a fault as the control API receives it; throws a `ZodError` that names a wrong field. */
  add(fault: unknown): Fault {
    const parsed = faultSchema.parse(fault);
    const left = "times" in parsed ? parsed.times : null;
    this.#active.push({ fault: parsed, left: left ?? Number.POSITIVE_INFINITY });
    return parsed;
  }

  clear(): void {
    this.#active = [];
  }

  /** The first fault of a kind that applies here, counted as used once; null: there is none. */
  take<K extends FaultKind>(
    kind: K,
    host: string,
    applies: (fault: Extract<Fault, { kind: K }>) => boolean = () => true,
  ): Extract<Fault, { kind: K }> | null {
    for (const entry of this.#active) {
      const { fault } = entry;
      if (!isKind(fault, kind) || fault.host !== host || !applies(fault)) continue;
      entry.left -= 1;
      this.#active = this.#active.filter(({ left }) => left > 0);
      return fault;
    }
    return null;
  }
}

/** Whether a host is set up in this way now. */
export function hasCondition(faults: FaultRegistry, host: string, condition: HostCondition): boolean {
  return faults.take("host_condition", host, (fault) => fault.condition === condition) !== null;
}

function isKind<K extends FaultKind>(fault: Fault, kind: K): fault is Extract<Fault, { kind: K }> {
  return fault.kind === kind;
}
