/** Standard output that leaves when it is flushed, all at once: so a result leaves with the end of its call. */
export class HeldOutput {
  readonly #write: (chunk: Uint8Array) => void;
  #held: Uint8Array[] = [];

  constructor(write: (chunk: Uint8Array) => void) {
    this.#write = write;
  }

  write(chunk: Uint8Array): void {
    this.#held.push(chunk);
  }

  flush(): void {
    const held = Buffer.concat(this.#held);
    this.#held = [];
    if (held.length > 0) this.#write(held);
  }
}
