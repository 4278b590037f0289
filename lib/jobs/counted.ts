/** A number with its noun as a sentence says it: `1 value`, `3 values`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
