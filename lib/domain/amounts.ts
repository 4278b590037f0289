import { GB } from "./units";

/** How amounts read, in what pages show and in what the server says alike: 2^30 bytes are a GB, as Hyper-V says it. */

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const fractions = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** What there is, rounded down: `2.5 TB`, `673 GB`, `1.5 GB`, `900 MB`. */
export function formatBytes(bytes: number): string {
  return bytesBy(Math.floor, bytes);
}

/** What is wanted, rounded up: beside what there is, a difference however small stays one. */
export function formatNeededBytes(bytes: number): string {
  return bytesBy(Math.ceil, bytes);
}

function bytesBy(round: (amount: number) => number, bytes: number): string {
  const tenths = (amount: number) => fractions.format(round(amount * 10) / 10);
  if (bytes >= 1024 * GB) return `${tenths(bytes / (1024 * GB))} TB`;
  if (bytes >= 10 * GB) return `${numbers.format(round(bytes / GB))} GB`;
  if (bytes >= GB) return `${tenths(bytes / GB)} GB`;
  return `${numbers.format(round(bytes / 2 ** 20))} MB`;
}

/** `1,734` */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `< 1 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return "< 1 s";
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, "min", seconds % 60, "s");
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joined(hours, "h", minutes % 60, "min");
  return joined(Math.floor(hours / 24), "d", hours % 24, "h");
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A number with its noun as a sentence says it: `1 value`, `3 values`, `1,734 values`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}
