/** Ids of AV_PAIRs (MS-NLMP 2.2.2.1). */
export const AV = {
  END: 0,
  NETBIOS_COMPUTER_NAME: 1,
  NETBIOS_DOMAIN_NAME: 2,
  DNS_COMPUTER_NAME: 3,
  DNS_DOMAIN_NAME: 4,
  FLAGS: 6,
  TIMESTAMP: 7,
  CHANNEL_BINDINGS: 10,
} as const;

/** Bit of MsvAvFlags: the AUTHENTICATE_MESSAGE carries a MIC. */
export const AV_FLAG_MIC = 0x2;

/** Writes a list of pairs, with its end. */
export function writeAvPairs(pairs: readonly [id: number, value: Buffer][]): Buffer {
  const all = [...pairs, [AV.END, Buffer.alloc(0)] as const];
  return Buffer.concat(
    all.map(([id, value]) => {
      const header = Buffer.alloc(4);
      header.writeUInt16LE(id, 0);
      header.writeUInt16LE(value.length, 2);
      return Buffer.concat([header, value]);
    }),
  );
}

/** Reads a list of pairs up to its end; undefined: it has none, or a pair does not fit. */
export function readAvPairs(bytes: Buffer): Map<number, Buffer> | undefined {
  const pairs = new Map<number, Buffer>();
  for (let offset = 0; offset + 4 <= bytes.length; ) {
    const id = bytes.readUInt16LE(offset);
    const length = bytes.readUInt16LE(offset + 2);
    if (id === AV.END) return pairs;
    if (offset + 4 + length > bytes.length) return undefined;
    pairs.set(id, bytes.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return undefined;
}
