/** Waiting that follows the reader: nothing is polled in a hidden tab, and a network that is back is tried at once. */

/** Resolves after `ms`, when the network or the reader comes back, or when `signal` is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", lookAgain);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const lookAgain = () => {
      if (document.visibilityState === "visible") done();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", lookAgain);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}

/** Resolves once the tab is visible, or when `signal` is aborted. */
export function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (document.visibilityState === "hidden" && !signal.aborted) return;
      document.removeEventListener("visibilitychange", check);
      signal.removeEventListener("abort", check);
      resolve();
    };
    document.addEventListener("visibilitychange", check);
    signal.addEventListener("abort", check);
    check();
  });
}
