import { z } from "zod";
import type { LogLevel } from "@/lib/domain/job";
import { isJsonObject, type JsonObject } from "@/lib/domain/json";
import type { CallLog } from "./call-log";
import { LineSplitter } from "./line-splitter";

/** The longest line that is read as an event: an inventory of thousands of VMs is one. */
const MAX_LINE = 8 * 1024 * 1024;

const LEVELS = {
  verbose: "verbose",
  information: "info",
  warning: "warning",
  error: "error",
  progress: "progress",
} as const satisfies Record<string, LogLevel>;

const STREAMS = [
  "verbose",
  "information",
  "warning",
  "error",
  "progress",
] as const satisfies (keyof typeof LEVELS)[];

const eventSchema = z.object({ nonce: z.string(), stream: z.enum(STREAMS), text: z.string() });

const resultSchema = z.object({
  nonce: z.string(),
  result: z.object({
    ok: z.boolean(),
    exit_code: z.int(),
    // Parsed JSON already: only that it is an object is left to ask.
    outputs: z.custom<JsonObject>(isJsonObject),
    error: z.object({ code: z.string(), message: z.string(), target: z.string().nullable() }).nullable(),
  }),
});

/** What a process that serves call after call says when one has ended. */
const endSchema = z.object({ nonce: z.string(), ended: z.object({ working_set_bytes: z.int().min(0) }) });

export type AgentResult = z.infer<typeof resultSchema>["result"];

/**
 * Reads an agent's stdout (docs/agent-protocol.md section 3). Only lines with the call's nonce count; all
 * else is text for the log.
 */
export class AgentOutput {
  readonly #nonce: string;
  readonly #log: CallLog;
  readonly #lines = new LineSplitter(MAX_LINE, (line, dropped) => this.#read(line, dropped));
  #result: AgentResult | null = null;
  #workingSetBytes: number | null = null;

  constructor(nonce: string, log: CallLog) {
    this.#nonce = nonce;
    this.#log = log;
  }

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): void {
    this.#lines.end();
  }

  /** The first result; null: none yet. */
  get result(): AgentResult | null {
    return this.#result;
  }

  /** The memory of a process whose call has ended and that goes on; null: the call has not ended so. */
  get workingSetBytes(): number | null {
    return this.#workingSetBytes;
  }

  #read(line: string, dropped: number): void {
    const message = dropped > 0 ? null : this.#parse(line);
    const event = eventSchema.safeParse(message);
    if (event.success) {
      this.#log.add(LEVELS[event.data.stream], event.data.text);
      return;
    }
    const end = endSchema.safeParse(message);
    if (end.success) {
      this.#workingSetBytes ??= end.data.ended.working_set_bytes;
      return;
    }
    const answer = resultSchema.safeParse(message);
    if (!answer.success) this.#log.add("info", line, dropped);
    else if (this.#result) this.#log.add("warning", "The agent gave a second result. The first one counts.");
    else this.#result = answer.data.result;
  }

  /** The line as JSON if it bears the nonce; null: it is something else. */
  #parse(line: string): unknown {
    if (!line.startsWith("{") || !line.includes(this.#nonce)) return null;
    try {
      const message: unknown = JSON.parse(line);
      return (message as { nonce?: unknown }).nonce === this.#nonce ? message : null;
    } catch {
      return null;
    }
  }
}
