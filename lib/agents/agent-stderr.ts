import type { LogLevel } from "@/lib/domain/job";
import { decodeClixml } from "@/lib/winrm/shell/clixml";
import type { CallLog } from "./call-log";
import { LineSplitter } from "./line-splitter";

const MAX_LINE = 1024 * 1024;
const CLIXML_MARK = "#< CLIXML";
const CLIXML_START = "<Objs ";

/** Reads a process's stderr into the log. Nothing there is a failure by itself. */
export class AgentStderr {
  readonly #log: CallLog;
  readonly #lines = new LineSplitter(MAX_LINE, (line, dropped) => this.#read(line, dropped));

  constructor(log: CallLog) {
    this.#log = log;
  }

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): void {
    this.#lines.end();
  }

  #read(line: string, dropped: number): void {
    const start = line.indexOf(CLIXML_START);
    const text = (start < 0 ? line : line.slice(0, start)).replace(CLIXML_MARK, "");
    if (text.trim() !== "") this.#log.add("warning", text, start < 0 ? dropped : 0);
    if (start < 0) return;
    for (const record of decodeClixml(line.slice(start))) {
      this.#log.addWrapped(levelOf(record.stream), record.text);
    }
    if (dropped > 0) this.#log.add("warning", "", dropped);
  }
}

function levelOf(stream: string): LogLevel {
  if (stream === "error" || stream === "warning") return stream;
  return stream === "information" ? "info" : "verbose";
}
