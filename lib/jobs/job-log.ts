import { cutText } from "@/lib/domain/cut-text";
import type { LogLevel, LogLine } from "@/lib/domain/job";

/** A single line never takes more than this: an agent's runaway output must not fill the log alone. */
const LINE_CHARACTERS = 16_384;
/** Kept free of the limit, so that the lines that tell how the job ended always fit. */
const RESERVE_BYTES = 65_536;
/** What a line costs beside its text: time, level, step, JSON around it. */
const LINE_OVERHEAD = 96;
/** What one answer holds at most: it is put together, hashed and sent in one piece. */
const PAGE_BYTES = 524_288;

/**
 * The log of one job: only appended to, numbered from 1, bounded in bytes. At the limit it says so
 * once and drops what follows, but for the lines marked as essential.
 */
export class JobLog {
  readonly #lines: LogLine[] = [];
  readonly #limit: number;
  #bytes = 0;
  #truncated = false;

  /** @param limitBytes UTF-8 bytes of text (with a fixed cost per line) that are kept. */
  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get truncated(): boolean {
    return this.#truncated;
  }

  /** The number of the last line; 0: none yet. */
  get last(): number {
    return this.#lines.length;
  }

  /** @param essential AetherV's own word on how the job goes: kept beyond the limit. */
  append(level: LogLevel, step: string | null, text: string, essential = false): void {
    const kept = shorten(text);
    const cost = costOf(kept);
    const limit = essential ? this.#limit + RESERVE_BYTES : this.#limit;
    if (this.#bytes + cost > limit || (this.#truncated && !essential)) {
      if (this.#truncated) return;
      this.#truncated = true;
      this.#push(
        "warning",
        null,
        `The log has reached its limit of ${size(this.#limit)}: what follows is not kept.`,
      );
      return;
    }
    this.#push(level, step, kept);
  }

  /** The first of the lines with a number above `after`: one at least, and as many as make a page. */
  page(after: number): LogLine[] {
    const start = Math.max(0, after);
    let end = start;
    for (let bytes = 0; end < this.#lines.length; end++) {
      bytes += costOf(this.#lines[end]?.text ?? "");
      if (bytes > PAGE_BYTES && end > start) break;
    }
    return this.#lines.slice(start, end);
  }

  #push(level: LogLevel, step: string | null, text: string): void {
    this.#bytes += costOf(text);
    this.#lines.push({ n: this.#lines.length + 1, time: new Date().toISOString(), level, step, text });
  }
}

function costOf(text: string): number {
  return Buffer.byteLength(text) + LINE_OVERHEAD;
}

/** No longer than a line may be, and says how much was cut. */
export function shorten(text: string): string {
  if (text.length <= LINE_CHARACTERS) return text;
  const cut = text.length - LINE_CHARACTERS;
  return `${cutText(text, LINE_CHARACTERS)} … (${cut} more characters of this line are not kept)`;
}

function size(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.round(bytes / 1_000)} KB`;
}
