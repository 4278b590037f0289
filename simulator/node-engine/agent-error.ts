/** An agent's operation failed with a code of docs/agent-protocol.md, section 4. */
export class AgentError extends Error {
  override readonly name = "AgentError";
  readonly code: string;
  /** The field of `spec` that is to blame. */
  readonly target: string | null;

  constructor(code: string, message: string, target: string | null = null) {
    super(message);
    this.code = code;
    this.target = target;
  }
}
