import { AethervError } from "@/lib/domain/errors";
import type { FieldValues } from "@/lib/domain/field-values";
import type { CallContext, DeploymentContext, Hypervisor } from "@/lib/domain/hypervisor";
import { removeFrom } from "./fake-changes";

export type Method = keyof Hypervisor;

/** One call as it arrived. */
export interface SeenCall {
  method: Method;
  host: string;
  vmId: string | null;
  spec: FieldValues;
  /** The deployment that it is a step of. */
  deployment: DeploymentContext | null;
}

interface Script {
  method: Method;
  /** Thrown in place of the answer. */
  error: AethervError | null;
  /** Carry the operation out before throwing. */
  applied: boolean;
  /** The call answers only when this has resolved. */
  gate: Promise<void> | null;
}

/** The calls of a fake host: all are kept, and each does as it was told to beforehand. */
export class FakeCalls {
  readonly calls: SeenCall[] = [];
  readonly #scripts: Script[] = [];

  /** The next call of `method` fails; `applied`: after it was carried out, as when contact is lost. */
  failNext(method: Method, error: AethervError, { applied = false } = {}): void {
    this.#scripts.push({ method, error, applied, gate: null });
  }

  /** The next call of `method` waits until the returned function is called. */
  holdNext(method: Method): () => void {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#scripts.push({ method, error: null, applied: true, gate });
    return release;
  }

  count(method: Method): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Takes one call: `work` is what it does, unless a test wants otherwise. */
  protected async run<T>(
    method: Method,
    host: string,
    vmId: string | null,
    spec: FieldValues,
    call: CallContext,
    work: () => T,
  ): Promise<T> {
    if (call.signal.aborted) throw new AethervError("canceled", "It was canceled before it was sent.");
    this.calls.push({ method, host, vmId, spec, deployment: call.deployment });
    call.started();
    const script = this.#scripts.find((each) => each.method === method);
    if (script !== undefined) removeFrom(this.#scripts, script);
    const gate = script?.gate ?? null;
    if (gate !== null) await Promise.race([gate, lost(call.signal)]);
    await Promise.resolve();
    if (script?.error) {
      if (script.applied) work();
      throw script.error;
    }
    return work();
  }
}

function lost(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new AethervError("contact_lost", "The operation was canceled while it ran."));
    });
  });
}
