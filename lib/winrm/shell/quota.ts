import { setTimeout as delay } from "node:timers/promises";
import type { OpenShellOptions, WinrmClient } from "../client";
import { WinrmError } from "../errors";
import type { Shell } from "./shell";

/** For how long a host may have no room for another shell. */
const PATIENCE_MS = 30_000;
/** The wait before another try: doubled each time up to the second, and up to twice as long by chance. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;

/**
 * Opens a shell, and waits where the host says that a quota is used up: others of this user may end theirs. Asking
 * again is safe, for such an answer says that no shell was made.
 *
 * @throws WinrmError `quota` where there is no room for half a minute, or until the signal ends the waiting.
 */
export async function openWithinQuota(client: WinrmClient, options: OpenShellOptions = {}): Promise<Shell> {
  const { signal } = options;
  const givenUp = performance.now() + PATIENCE_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await client.openShell(options);
    } catch (error) {
      const pause = wait * (1 + Math.random());
      const isQuota = error instanceof WinrmError && error.kind === "quota";
      if (!isQuota || performance.now() + pause > givenUp) throw error;
      const ended = await delay(pause, false, { signal }).catch(() => true);
      if (ended) throw error;
    }
  }
}
