import { type DestinationStream, pino } from "pino";

/**
 * All that a line of the log can say beside its sentence. What a request, a host or the configuration holds is not
 * among it and cannot be logged as a whole: secrets stay out because there is no place for them.
 */
export interface LogFields {
  request_id?: string;
  method?: string;
  path?: string;
  status?: number;
  duration_ms?: number;
  /** Who asked; null: nobody who was let in. */
  actor?: string | null;
  /** Of an error. */
  code?: string;
  /** The host's own words on an error, redacted. */
  detail?: string | null;
  /** What was thrown: its message, its stack and its causes are written, none of its other members. */
  err?: unknown;
  job_id?: string;
  /** The configuration's; null: none was there. */
  file?: string | null;
  /** Names. */
  hosts?: readonly string[];
  host?: string;
  signal?: string;
}

interface Write {
  (sentence: string): void;
  (fields: LogFields, sentence: string): void;
}

export interface Logger {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
}

/** The server's log: JSON lines on stdout, or on `destination`. */
export function createLogger(level: string, destination: DestinationStream = standardOutput()): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: shown },
  };
  return pino(options, destination);
}

/**
 * Whoever read the log may be gone: the server goes on without a log. pino's own stream would write the line again
 * and again, and hold up everything else while it does.
 */
function standardOutput(): DestinationStream {
  process.stdout.on("error", () => undefined);
  return process.stdout;
}

/** Libraries hang whole requests, passwords included, on what they throw. */
function shown(thrown: unknown, depth = 0): object {
  if (!(thrown instanceof Error)) return { message: String(thrown) };
  const cause = thrown.cause === undefined || depth > 4 ? {} : { cause: shown(thrown.cause, depth + 1) };
  return { type: thrown.name, message: thrown.message, stack: thrown.stack, ...cause };
}
