import type { LogLevel } from "@/lib/domain/job";
import { plainText } from "@/lib/domain/plain-text";
import type { Redactor } from "@/lib/domain/redactor";

export type WriteLog = (level: LogLevel, text: string) => void;

export interface CallLogLimits {
  /** Characters of one piece of text. */
  text: number;
  /** Characters of the whole call. */
  total: number;
}

const DEFAULT_LIMITS: CallLogLimits = { text: 16_384, total: 10_000_000 };

/** How many of the last lines explain an agent that ended without a result. */
const TAIL_LINES = 20;

/** Characters of a message or of the tail: they go into answers, not into a log. */
const MESSAGE_LENGTH = 4000;

/** What an agent says, on its way to the job's log: redacted, bounded, one line of text at a time. */
export class CallLog {
  readonly #write: WriteLog;
  readonly #redactor: Redactor;
  readonly #limits: CallLogLimits;
  readonly #tail: string[] = [];
  #total = 0;
  #full = false;

  constructor(write: WriteLog, redactor: Redactor, limits: CallLogLimits = DEFAULT_LIMITS) {
    this.#write = write;
    this.#redactor = redactor;
    this.#limits = limits;
  }

  /**
   * @param text may hold line ends: each line becomes an entry of its own
   * @param dropped bytes that were lost already
   */
  add(level: LogLevel, text: string, dropped = 0): void {
    if (this.#full) return;
    const kept = this.#redactor.redactAndCut(text, this.#limits.text);
    const lines = kept.text.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => line.trim() !== "");
    for (const line of lines) this.#addLine(level, line);
    const cut = kept.cut + dropped;
    if (cut > 0) this.#addLine(level, `[… about ${cut} more characters were left out]`);
  }

  /** For text that PowerShell has wrapped at the width of a console. */
  addWrapped(level: LogLevel, text: string): void {
    this.add(level, this.#redactor.redactWrapped(text.slice(0, 4 * this.#limits.text)));
  }

  /** The last lines, redacted. */
  get tail(): string {
    return this.#tail.join("\n").slice(-MESSAGE_LENGTH);
  }

  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  /** Redacted, plain, and no longer than an answer should carry. */
  redactMessage(text: string): string {
    return plainText(this.#redactor.redactAndCut(text, MESSAGE_LENGTH).text);
  }

  #addLine(level: LogLevel, line: string): void {
    if (this.#full) return;
    this.#total += line.length;
    if (this.#total > this.#limits.total) {
      this.#full = true;
      this.#write(
        "warning",
        `[the agent said more than ${this.#limits.total} characters; the rest is left out]`,
      );
      return;
    }
    const text = plainText(line);
    this.#tail.push(text);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    this.#write(level, text);
  }
}
