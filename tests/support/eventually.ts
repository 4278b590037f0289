/** Thrown by a condition that can never come true any more: ends the wait at once. */
export class Hopeless extends Error {
  override readonly name = "Hopeless";
}

/**
 * Waits until `condition` gives something other than false, and gives it; asks again every few milliseconds.
 * An error counts as "not yet", unless it is {@link Hopeless}. Fails with what was waited for after `withinMs`.
 */
export async function eventually<Value>(
  condition: () => Value | false | Promise<Value | false>,
  what: string,
  withinMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  let last: unknown = null;
  while (Date.now() < deadline) {
    try {
      const value = await condition();
      if (value !== false) return value;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Waited ${withinMs} ms in vain for ${what}.`, { cause: last });
}
