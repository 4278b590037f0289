import { formatBytes } from "@/lib/domain/amounts";
import type { RefreshCost } from "@/lib/domain/inventory";

/** `0.8 s`; below a tenth of a second in ms, so that a quick host is not told as none. */
export function readTime(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** What crossed the wire, to the KB where it is little. */
export function receivedWords(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : formatBytes(bytes);
}

/** A read's cost in a few words: how long, and how much. */
export function costWords({ duration_ms, received_bytes }: RefreshCost): string {
  return `${readTime(duration_ms)} · ${receivedWords(received_bytes)}`;
}
