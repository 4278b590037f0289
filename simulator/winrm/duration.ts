const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Milliseconds of an `xs:duration` without years and months, as WS-Management uses it (DSP0226 6.1):
 * `PT20S`, `PT7200.000S`, `P0DT1H`. Undefined for anything else, also for a plain number.
 */
export function durationMs(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (match === null || /[PT]$/.test(text.trim())) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return Math.round(
    (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000,
  );
}

/** How Windows writes `rsp:IdleTimeOut`: `PT7200.000S`. */
export function idleTimeOutText(milliseconds: number): string {
  return `PT${(milliseconds / 1000).toFixed(3)}S`;
}
