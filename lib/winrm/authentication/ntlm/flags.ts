/** NEGOTIATE flags (MS-NLMP 2.2.2.5), those that are used here. */
export const FLAG = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
} as const;

/** What the client asks for. */
export const REQUESTED = Object.values(FLAG).reduce((sum, flag) => (sum | flag) >>> 0, 0);

/** Without each of these a message could be read or altered; none of them is given up. */
const REQUIRED = {
  Unicode: FLAG.unicode,
  signing: FLAG.sign,
  sealing: FLAG.seal,
  "extended session security": FLAG.extendedSessionSecurity,
  "128-bit keys": FLAG.key128,
  "key exchange": FLAG.keyExchange,
} as const;

/** The names of what the host's flags lack. */
export function lackingFlags(flags: number): string[] {
  return Object.entries(REQUIRED).flatMap(([name, flag]) => ((flags & flag) === 0 ? [name] : []));
}
