/** The middle one of the figures in order. */
export function median(figures: readonly number[]): number {
  return percentile(figures, 50);
}

/** The smallest figure that so many percent of all do not exceed. */
export function percentile(figures: readonly number[], percent: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** With as many digits as mean something. */
export function milliseconds(figure: number): string {
  return figure < 10 ? figure.toFixed(1) : figure.toFixed(0);
}

const WIDTHS = [48, 18, 20, 10];

/** One line of the table. */
export function row(...cells: string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0))
    .join("")
    .trimEnd();
}
