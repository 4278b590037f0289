/** Between 1601, where FILETIME begins, and 1970. */
const EPOCH_OFFSET_MS = 11_644_473_600_000n;

/** Milliseconds since 1970 as FILETIME (MS-DTYP 2.3.3): 100 ns since 1601. */
export function toFileTime(milliseconds: number): bigint {
  return (BigInt(Math.floor(milliseconds)) + EPOCH_OFFSET_MS) * 10_000n;
}
