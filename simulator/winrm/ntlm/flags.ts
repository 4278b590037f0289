/** Bits of `NegotiateFlags` (MS-NLMP 2.2.2.5) that this host knows. */
export const FLAG = {
  UNICODE: 0x0000_0001,
  OEM: 0x0000_0002,
  REQUEST_TARGET: 0x0000_0004,
  SIGN: 0x0000_0010,
  SEAL: 0x0000_0020,
  NTLM: 0x0000_0200,
  ALWAYS_SIGN: 0x0000_8000,
  TARGET_TYPE_SERVER: 0x0002_0000,
  EXTENDED_SESSION_SECURITY: 0x0008_0000,
  TARGET_INFO: 0x0080_0000,
  VERSION: 0x0200_0000,
  KEY_128: 0x2000_0000,
  KEY_EXCHANGE: 0x4000_0000,
  KEY_56: 0x8000_0000,
} as const;

export function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** What a client may ask for and gets as asked. */
const AS_ASKED =
  FLAG.SIGN |
  FLAG.SEAL |
  FLAG.NTLM |
  FLAG.ALWAYS_SIGN |
  FLAG.EXTENDED_SESSION_SECURITY |
  FLAG.VERSION |
  FLAG.KEY_128 |
  FLAG.KEY_EXCHANGE |
  FLAG.KEY_56;

/** The flags of the CHALLENGE_MESSAGE to a client that asked for `asked` (MS-NLMP 3.2.5.1.1). */
export function challengeFlags(asked: number): number {
  const characters = hasFlag(asked, FLAG.UNICODE) ? FLAG.UNICODE : FLAG.OEM;
  const target = FLAG.REQUEST_TARGET | FLAG.TARGET_TYPE_SERVER | FLAG.TARGET_INFO;
  return ((asked & AS_ASKED) | characters | target) >>> 0;
}
