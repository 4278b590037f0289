/** @param dropped bytes of the line that were not kept */
export type OnLine = (line: string, dropped: number) => void;

const LF = 0x0a;
const INITIAL_BYTES = 4096;

/**
 * Bytes of UTF-8 in, lines out. A character or a line end may be split between chunks. A line longer than
 * the limit keeps its beginning; the rest is counted and forgotten, undecoded, so that memory stays bounded.
 */
export class LineSplitter {
  readonly #limit: number;
  readonly #onLine: OnLine;
  #line = Buffer.alloc(INITIAL_BYTES);
  #length = 0;
  #dropped = 0;

  /** @param limit in bytes */
  constructor(limit: number, onLine: OnLine) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  /** In UTF-8 the byte of a line end is never part of another character. */
  write(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#append(chunk.subarray(start, end));
      this.#flush();
      start = end + 1;
    }
    this.#append(chunk.subarray(start));
  }

  /** Gives what stands after the last line end. */
  end(): void {
    if (this.#length > 0) this.#flush();
  }

  #append(piece: Uint8Array): void {
    const kept = piece.subarray(0, this.#limit - this.#length);
    this.#dropped += piece.length - kept.length;
    if (kept.length === 0) return;
    const needed = this.#length + kept.length;
    if (needed > this.#line.length) {
      const larger = Buffer.alloc(Math.min(Math.max(needed, 2 * this.#line.length), this.#limit));
      this.#line.copy(larger, 0, 0, this.#length);
      this.#line = larger;
    }
    this.#line.set(kept, this.#length);
    this.#length = needed;
  }

  #flush(): void {
    // Consoles set to UTF-8 may begin with a byte order mark.
    const line = this.#line.toString("utf8", 0, this.#length).replace(/^\uFEFF/, "");
    const dropped = this.#dropped;
    if (this.#line.length > INITIAL_BYTES) this.#line = Buffer.alloc(INITIAL_BYTES);
    this.#length = 0;
    this.#dropped = 0;
    this.#onLine(line.endsWith("\r") ? line.slice(0, -1) : line, dropped);
  }
}
