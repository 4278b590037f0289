import { TokenError } from "../token-error";

/** One attribute of a host, or of what a client says of itself (MS-NLMP 2.2.2.1). */
export interface AvPair {
  id: number;
  value: Buffer;
}

export const AV = {
  end: 0x0000,
  flags: 0x0006,
  timestamp: 0x0007,
  targetName: 0x0009,
  channelBindings: 0x000a,
} as const;

/** MsvAvFlags: the AUTHENTICATE_MESSAGE carries a MIC. */
export const HAS_MIC = 0x00000002;

/** @throws TokenError for a list that does not end, or whose values do not fit. */
export function readAvPairs(bytes: Buffer): AvPair[] {
  const pairs: AvPair[] = [];
  for (let offset = 0; offset + 4 <= bytes.length; ) {
    const id = bytes.readUInt16LE(offset);
    const length = bytes.readUInt16LE(offset + 2);
    const end = offset + 4 + length;
    if (end > bytes.length) throw new TokenError("An attribute of the NTLM challenge is cut short.");
    if (id === AV.end) return pairs;
    pairs.push({ id, value: bytes.subarray(offset + 4, end) });
    offset = end;
  }
  throw new TokenError("The attributes of the NTLM challenge have no end.");
}

export function writeAvPairs(pairs: readonly AvPair[]): Buffer {
  return Buffer.concat(
    [...pairs, { id: AV.end, value: Buffer.alloc(0) }].map(({ id, value }) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(id, 0);
      head.writeUInt16LE(value.length, 2);
      return Buffer.concat([head, value]);
    }),
  );
}

/** The value of the first pair with this id, or undefined. */
export function avValue(pairs: readonly AvPair[], id: number): Buffer | undefined {
  return pairs.find((pair) => pair.id === id)?.value;
}

/**
 * The host's attributes with what the client adds (MS-NLMP 3.1.5.1.2): that there is a MIC, for which service it
 * is, and over which TLS channel.
 *
 * @param channelBindings MD5 of the gss_channel_bindings_struct; null: there is no channel to bind to
 */
export function answeredAvPairs(
  offered: readonly AvPair[],
  targetName: string,
  channelBindings: Buffer | null,
): AvPair[] {
  const own: readonly number[] = [AV.flags, AV.targetName, AV.channelBindings];
  const given = avValue(offered, AV.flags);
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(((given?.length === 4 ? given.readUInt32LE(0) : 0) | HAS_MIC) >>> 0);
  return [
    ...offered.filter(({ id }) => !own.includes(id)),
    { id: AV.flags, value: flags },
    // Z(16) says that the client knows of channel bindings and has none.
    { id: AV.channelBindings, value: channelBindings ?? Buffer.alloc(16) },
    { id: AV.targetName, value: Buffer.from(targetName, "utf16le") },
  ];
}
