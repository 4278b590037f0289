/**
 * How far apart connections begin, to whatever host, in ms. Each takes some milliseconds of the event loop before its
 * first answer is read: those to hundreds of hosts at once would hold up everything else.
 */
const APART_MS = 5;
const beginnings: (() => void)[] = [];

/** Calls `begin` soon, and some time after the one before. */
export function inTurn(begin: () => void): void {
  beginnings.push(begin);
  if (beginnings.length === 1) setImmediate(beginNext);
}

function beginNext(): void {
  beginnings[0]?.();
  beginnings.shift();
  if (beginnings.length > 0) setTimeout(beginNext, APART_MS);
}
