import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger } from "pino";

/**
 * Keys whose values are never written, should anybody log an object that has them. Passwords travel
 * as `Secret`, which prints itself as `[secret]`: this is the second fence.
 */
const SECRET_KEYS = [
  "password",
  "guest_la_pw",
  "join_password",
  "ansible_ssh_key",
  "guest_config",
  "authorization",
  "cookie",
];

/** The server's log: JSON lines on stdout, or on `destination`. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
      censor: "[secret]",
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
