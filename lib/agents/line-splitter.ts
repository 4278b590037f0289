/** @param dropped characters of the line that were not kept */
export type OnLine = (line: string, dropped: number) => void;

/**
 * Bytes of UTF-8 in, lines out. A character or a line end may be split between chunks. A line longer than
 * the limit keeps its beginning; the rest is counted and forgotten, so that memory stays bounded.
 */
export class LineSplitter {
  readonly #decoder = new TextDecoder("utf-8");
  readonly #limit: number;
  readonly #onLine: OnLine;
  #line = "";
  #dropped = 0;

  constructor(limit: number, onLine: OnLine) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  write(chunk: Uint8Array): void {
    this.#split(this.#decoder.decode(chunk, { stream: true }));
  }

  /** Gives what stands after the last line end. */
  end(): void {
    this.#split(this.#decoder.decode());
    if (this.#line !== "" || this.#dropped > 0) this.#flush();
  }

  #split(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#append(text.slice(start, end));
      this.#flush();
      start = end + 1;
    }
    this.#append(text.slice(start));
  }

  #append(piece: string): void {
    const room = this.#limit - this.#line.length;
    this.#line += piece.slice(0, room);
    this.#dropped += Math.max(piece.length - room, 0);
  }

  #flush(): void {
    const line = this.#line.endsWith("\r") ? this.#line.slice(0, -1) : this.#line;
    const dropped = this.#dropped;
    this.#line = "";
    this.#dropped = 0;
    this.#onLine(line, dropped);
  }
}
