/** A process's standard input: chunks go in by Send and come out in order, until the last one. */
export class InputQueue implements AsyncIterable<Uint8Array> {
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #ended = false;
  #wake: (() => void) | null = null;

  get isEnded(): boolean {
    return this.#ended;
  }

  /** Bytes that nobody has read yet. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  push(chunk: Uint8Array): void {
    this.#heldBytes += chunk.length;
    if (chunk.length > 0) this.#chunks.push(chunk);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#chunks.shift();
      if (next !== undefined) {
        this.#heldBytes -= next.length;
        yield next;
      } else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
