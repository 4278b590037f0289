let pressed = false;

/**
 * Runs `task` at once, or when the pointer that is down now is up again and its click has been told.
 * Leaving a field shows or removes its error, which moves what is below: done between press and release,
 * the click would land beside the button or the field that it was meant for.
 */
export function afterPress(task: () => void): void {
  if (!pressed) {
    task();
    return;
  }
  const stop = new AbortController();
  const later = () => {
    stop.abort();
    setTimeout(task);
  };
  for (const end of ["pointerup", "pointercancel", "dragend"]) {
    document.addEventListener(end, later, { capture: true, signal: stop.signal });
  }
}

/** Watches the pointer until `signal` is aborted. */
export function watchPresses(signal: AbortSignal): void {
  const set = (value: boolean) => () => {
    pressed = value;
  };
  document.addEventListener("pointerdown", set(true), { capture: true, signal });
  for (const end of ["pointerup", "pointercancel", "dragend"]) {
    document.addEventListener(end, set(false), { capture: true, signal });
  }
  signal.addEventListener("abort", set(false));
}
