/** Left rotations of each round (RFC 1320 section 3.4), and the order in which it takes the words of a block. */
const ROUNDS = [
  { rotations: [3, 7, 11, 19], add: 0, order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
  {
    rotations: [3, 5, 9, 13],
    add: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    rotations: [3, 9, 11, 15],
    add: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
] as const;

const MIXERS = [
  (x: number, y: number, z: number) => (x & y) | (~x & z),
  (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number) => x ^ y ^ z,
] as const;

/**
 * MD4 (RFC 1320). It is broken as a hash, and is here because NTLM hashes passwords with it; OpenSSL 3 has it in its
 * legacy provider only.
 */
export function md4(message: Uint8Array): Buffer {
  const padded = pad(message);
  const state: [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let offset = 0; offset < padded.length; offset += 64) addBlock(state, padded, offset);
  const digest = Buffer.alloc(16);
  state.forEach((word, index) => {
    digest.writeUInt32LE(word >>> 0, index * 4);
  });
  return digest;
}

/** A one bit, zeros, and the length in bits: a multiple of 64 bytes (sections 3.1, 3.2). */
function pad(message: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  return padded;
}

function addBlock(state: [number, number, number, number], padded: Buffer, offset: number): void {
  let [a, b, c, d] = state;
  ROUNDS.forEach(({ rotations, add, order }, round) => {
    const mix = MIXERS[round] ?? MIXERS[0];
    order.forEach((place, step) => {
      const sum = (a + mix(b, c, d) + padded.readUInt32LE(offset + place * 4) + add) | 0;
      const bits = rotations[step % 4] ?? 0;
      [a, b, c, d] = [d, (sum << bits) | (sum >>> (32 - bits)), b, c];
    });
  });
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
}
