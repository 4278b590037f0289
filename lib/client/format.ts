/** How values read on the pages: 2^30 bytes are a GB, as Hyper-V says it; times are local. */

import { GB } from "@/lib/domain/units";

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const fractions = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function formatBytes(bytes: number): string {
  if (bytes >= 1024 * GB) return `${fractions.format(bytes / (1024 * GB))} TB`;
  if (bytes >= 10 * GB) return `${numbers.format(Math.floor(bytes / GB))} GB`;
  if (bytes >= GB) return `${fractions.format(bytes / GB)} GB`;
  return `${numbers.format(Math.floor(bytes / 2 ** 20))} MB`;
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

/** How long ago something was read, in one unit: `just now`, `40 s ago`, `12 min ago`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** The local clock time of an ISO time, with the day where it is not today's. */
export function formatTime(iso: string, now: Date = new Date()): string {
  const time = new Date(iso);
  const clock = time.toLocaleTimeString("en-GB");
  if (time.toDateString() === now.toDateString()) return clock;
  const day = time.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  return `${day}, ${clock}`;
}

/** The same moment in UTC, for a tooltip and for exports. */
export function formatUtc(iso: string): string {
  return `${new Date(iso).toISOString().replace("T", " ").slice(0, 19)} UTC`;
}
