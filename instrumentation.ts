/** Next.js calls this once, before it answers the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startServer } = await import("@/lib/server");
    const { endOnSignal } = await import("@/lib/server/end-on-signal");
    try {
      endOnSignal(startServer());
    } catch (error) {
      // Thrown further, it would leave Next.js listening and answering 500 to everything.
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`AetherV cannot start. ${reason}\n`);
      process.exit(1);
    }
  }
}
