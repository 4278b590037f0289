const LINE_FEED = 0x0a;

/** What of an agent's result line is of interest. */
export interface WatchedResult {
  /** null: the call succeeded. */
  errorCode: string | null;
}

/**
 * Passes an agent's standard output on and keeps its result. With `withhold` the result line is not passed on,
 * as if the process had ended before it.
 */
export class ResultWatch {
  readonly #nonce: string;
  readonly #write: (chunk: Uint8Array) => void;
  readonly #withhold: boolean;
  #pending: Buffer = Buffer.alloc(0);
  result: WatchedResult | null = null;

  constructor(nonce: string, write: (chunk: Uint8Array) => void, withhold: boolean) {
    this.#nonce = nonce;
    this.#write = write;
    this.#withhold = withhold;
  }

  write(chunk: Uint8Array): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let end = this.#pending.indexOf(LINE_FEED); end >= 0; end = this.#pending.indexOf(LINE_FEED)) {
      this.#pass(this.#pending.subarray(0, end + 1));
      this.#pending = this.#pending.subarray(end + 1);
    }
  }

  end(): void {
    this.#pass(this.#pending);
  }

  #pass(line: Buffer): void {
    const result = this.#read(line.toString("utf8"));
    this.result ??= result;
    if (line.length > 0 && (result === null || !this.#withhold)) this.#write(line);
  }

  #read(line: string): WatchedResult | null {
    if (!line.includes(this.#nonce) || !line.includes('"result"')) return null;
    try {
      const { nonce, result } = JSON.parse(line) as {
        nonce?: unknown;
        result?: { error?: { code?: string } | null };
      };
      return nonce === this.#nonce && result ? { errorCode: result.error?.code ?? null } : null;
    } catch {
      return null;
    }
  }
}
