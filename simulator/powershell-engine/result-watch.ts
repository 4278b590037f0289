import { isEndLine } from "../agent-calls/end-line";

const LINE_FEED = 0x0a;

/** What of an agent's result line is of interest. */
export interface WatchedResult {
  exitCode: number;
  /** null: the call succeeded. */
  errorCode: string | null;
}

export interface WatchOptions {
  /** Whether a line is not passed on, as if it had never been written. */
  withhold?: (line: string) => boolean;
  /** Called before the result is passed on. */
  onResult?: () => void;
  /** Called before the line is passed on that says that the call has ended, where the process goes on. */
  onEnd?: () => void;
}

/** Passes an agent's standard output on, and tells its result and the end of its call apart from all else. */
export class ResultWatch {
  readonly #nonce: string;
  readonly #write: (chunk: Uint8Array) => void;
  readonly #options: WatchOptions;
  #pending: Buffer = Buffer.alloc(0);
  result: WatchedResult | null = null;

  constructor(nonce: string, write: (chunk: Uint8Array) => void, options: WatchOptions = {}) {
    this.#nonce = nonce;
    this.#write = write;
    this.#options = options;
  }

  write(chunk: Uint8Array): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let end = this.#pending.indexOf(LINE_FEED); end >= 0; end = this.#pending.indexOf(LINE_FEED)) {
      const line = this.#pending.subarray(0, end + 1);
      this.#pending = this.#pending.subarray(end + 1);
      this.#pass(line);
    }
  }

  end(): void {
    this.#pass(this.#pending);
  }

  #pass(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const line = bytes.toString("utf8");
    const result = this.#read(line);
    this.result ??= result;
    if (result !== null) this.#options.onResult?.();
    else if (isEndLine(line, this.#nonce)) this.#options.onEnd?.();
    if (this.#options.withhold?.(line) !== true) this.#write(bytes);
  }

  #read(line: string): WatchedResult | null {
    if (!line.includes(this.#nonce) || !line.includes('"result"')) return null;
    try {
      const { nonce, result } = JSON.parse(line) as {
        nonce?: unknown;
        result?: { exit_code: number; error?: { code?: string } | null };
      };
      if (nonce !== this.#nonce || !result) return null;
      return { exitCode: result.exit_code, errorCode: result.error?.code ?? null };
    } catch {
      return null;
    }
  }
}
