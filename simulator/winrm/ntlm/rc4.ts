/** RC4 as NTLM uses it (MS-NLMP 6): a key stream that goes on from one message to the next. */
export class Rc4 {
  readonly #state = Uint8Array.from({ length: 256 }, (_, index) => index);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    for (let i = 0, j = 0; i < 256; i += 1) {
      j = (j + this.#at(i) + (key[i % key.length] ?? 0)) & 0xff;
      this.#swap(i, j);
    }
  }

  /** Encrypts or decrypts the next bytes. */
  update(data: Uint8Array): Buffer {
    const result = Buffer.alloc(data.length);
    for (let index = 0; index < data.length; index += 1) {
      this.#i = (this.#i + 1) & 0xff;
      this.#j = (this.#j + this.#at(this.#i)) & 0xff;
      this.#swap(this.#i, this.#j);
      const key = this.#at((this.#at(this.#i) + this.#at(this.#j)) & 0xff);
      result[index] = (data[index] ?? 0) ^ key;
    }
    return result;
  }

  #at(index: number): number {
    return this.#state[index] ?? 0;
  }

  #swap(i: number, j: number): void {
    const other = this.#at(i);
    this.#state[i] = this.#at(j);
    this.#state[j] = other;
  }
}
