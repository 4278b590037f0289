import { memo } from "react";
import { formatUtc } from "@/lib/client/format";
import type { LogLevel, LogLine } from "@/lib/domain/job";
import { stepWord } from "./job-words";

const LEVELS: Record<LogLevel, string> = {
  verbose: "text-muted",
  info: "",
  progress: "text-busy",
  warning: "text-warn",
  error: "text-bad",
};

/** Words for the levels that colour alone would otherwise tell. */
const SPOKEN: Partial<Record<LogLevel, string>> = { warning: "Warning: ", error: "Error: " };

/**
 * A stretch of a log. One that is full never changes again: a log of many thousand lines costs the browser
 * only its last stretch, and full ones out of sight are not laid out.
 */
export const LogLines = memo(function LogLines({
  lines,
  full,
}: {
  lines: readonly LogLine[];
  full: boolean;
}) {
  return (
    <div className={full ? "[contain-intrinsic-size:auto_4000px] [content-visibility:auto]" : undefined}>
      {lines.map((line) => (
        <div key={line.n} className="flex flex-wrap gap-x-3 px-3 hover:bg-raised sm:flex-nowrap">
          <time dateTime={line.time} title={formatUtc(line.time)} className="shrink-0 text-muted">
            {new Date(line.time).toLocaleTimeString("en-GB")}
          </time>
          <span
            className="w-28 shrink-0 truncate text-muted"
            title={line.step ? stepWord(line.step) : undefined}
          >
            {line.step ? stepWord(line.step) : ""}
          </span>
          <span
            className={`min-w-0 basis-full whitespace-pre-wrap break-words sm:basis-auto ${LEVELS[line.level]}`}
          >
            {SPOKEN[line.level]}
            {line.text}
          </span>
        </div>
      ))}
    </div>
  );
});
