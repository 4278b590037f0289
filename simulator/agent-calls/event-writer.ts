export type EventStream = "verbose" | "information" | "warning" | "error" | "progress";

export interface AgentResult {
  ok: boolean;
  exit_code: number;
  outputs: Record<string, unknown>;
  error: { code: string; message: string; target: string | null } | null;
}

/** Where the lines go. What is only written may be held back until the next flush. */
export interface LineOutput {
  write(chunk: Uint8Array): void;
  flush(): void;
}

/** Writes the events of one call: one JSON object a line, ASCII only, numbered, with the call's nonce. */
export class EventWriter {
  readonly #output: LineOutput;
  readonly #nonce: string;
  readonly #now: () => number;
  #seq = 0;

  constructor(output: LineOutput, nonce: string, now: () => number) {
    this.#output = output;
    this.#nonce = nonce;
    this.#now = now;
  }

  event(stream: EventStream, text: string): void {
    this.#line({ stream, text });
    this.#output.flush();
  }

  result(result: AgentResult): void {
    this.#line({ result });
  }

  #line(rest: object): void {
    this.#seq += 1;
    const time = new Date(this.#now()).toISOString();
    const json = JSON.stringify({ nonce: this.#nonce, seq: this.#seq, time, ...rest });
    this.#output.write(Buffer.from(`${toAscii(json)}\n`, "latin1"));
  }
}

/** Each UTF-16 code unit outside ASCII as `\uXXXX`, which inside JSON text can only stand in strings. */
export function toAscii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
