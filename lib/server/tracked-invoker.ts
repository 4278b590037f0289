import type { AgentInvoker } from "@/lib/agents/invoker";

type Invoke = AgentInvoker["invoke"];

/** Knows which calls are under way, so that a shutdown can wait until their shells are closed. */
export class TrackedInvoker implements AgentInvoker {
  readonly #invoker: AgentInvoker;
  readonly #underWay = new Set<ReturnType<Invoke>>();

  constructor(invoker: AgentInvoker) {
    this.#invoker = invoker;
  }

  async invoke(...args: Parameters<Invoke>): ReturnType<Invoke> {
    const call = this.#invoker.invoke(...args);
    this.#underWay.add(call);
    try {
      return await call;
    } finally {
      this.#underWay.delete(call);
    }
  }

  /** Resolves once every call that is under way now has ended, however it did. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }
}
