import type { Logger } from "@/lib/log";

/** Jobs get this long to end by themselves. */
const DRAIN_MS = 25_000;
/** Whatever hangs then, the process ends: those who stop it wait for 30 to 40 seconds as a rule. */
const HARD_LIMIT_MS = 33_000;

export interface Stoppable {
  log: Logger;
  /** From now on nothing new is started; resolves when what was under way has ended. */
  shutDown(drainMs: number): Promise<void>;
}

/**
 * Ends the process in order on SIGTERM and SIGINT: reads are answered while jobs drain, then it exits.
 * A second signal ends it at once.
 */
export function endOnSignal(server: Stoppable): void {
  let ending = false;
  const end = async (signal: NodeJS.Signals) => {
    if (ending) process.exit(1);
    ending = true;
    server.log.info({ signal }, "shutting down");
    setTimeout(() => {
      server.log.error("What was under way did not end in time.");
      process.exit(1);
    }, HARD_LIMIT_MS).unref();
    await server.shutDown(DRAIN_MS);
    server.log.info("shut down");
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, (name) => void end(name));
}
