/**
 * RC4: one key stream, which goes on from one call to the next. It is broken as a cipher, and is here because NTLM
 * seals with it; OpenSSL 3 has it in its legacy provider only.
 */
export class Rc4 {
  readonly #state = new Uint8Array(256);
  #i = 0;
  #j = 0;

  constructor(key: Uint8Array) {
    const state = this.#state;
    for (let i = 0; i < 256; i++) state[i] = i;
    for (let i = 0, j = 0; i < 256; i++) {
      const value = state[i] ?? 0;
      j = (j + value + (key[i % key.length] ?? 0)) & 255;
      state[i] = state[j] ?? 0;
      state[j] = value;
    }
  }

  /** Encrypts or decrypts, which is the same. */
  apply(input: Uint8Array): Buffer {
    const output = Buffer.allocUnsafe(input.length);
    const state = this.#state;
    let i = this.#i;
    let j = this.#j;
    for (let place = 0; place < input.length; place++) {
      i = (i + 1) & 255;
      const left = state[i] as number;
      j = (j + left) & 255;
      const right = state[j] as number;
      state[i] = right;
      state[j] = left;
      output[place] = (input[place] as number) ^ (state[(left + right) & 255] as number);
    }
    this.#i = i;
    this.#j = j;
    return output;
  }
}
