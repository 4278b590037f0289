import { memo } from "react";
import { formatUtc } from "@/lib/client/format";
import type { LogLevel, LogLine } from "@/lib/domain/job";
import { stepWord } from "./job-words";
import { piecesOf } from "./log-search";

const LEVELS: Record<LogLevel, string> = {
  verbose: "text-muted",
  info: "",
  progress: "text-busy",
  warning: "text-warn",
  error: "text-bad",
};

/** Words for the levels that colour alone would otherwise tell. */
const SPOKEN: Partial<Record<LogLevel, string>> = { warning: "Warning: ", error: "Error: " };

/** The browser's search and a screen reader find what is not laid out; a full stretch is 200 lines of 20 px. */
const UNSEEN = "[content-visibility:auto] [contain-intrinsic-size:auto_none_auto_4000px]";

interface LogLinesProps {
  lines: readonly LogLine[];
  /** No line comes to it any more. */
  full: boolean;
  wrap: boolean;
  /** What to mark; empty where no line of this stretch has it. */
  query: string;
  /** The line that the search is at, if it is one of these. */
  current: number | null;
}

/**
 * A stretch of a log. One that is full never changes again: a log of many thousand lines costs the browser
 * only its last stretch, and full ones out of sight are not laid out.
 */
export const LogLines = memo(function LogLines({ lines, full, wrap, query, current }: LogLinesProps) {
  return (
    <div className={`${full ? UNSEEN : ""} ${wrap ? "" : "w-max min-w-full"}`}>
      {lines.map((line) => (
        <Line key={line.n} line={line} wrap={wrap} query={query} here={line.n === current} />
      ))}
    </div>
  );
});

function Line({ line, wrap, query, here }: { line: LogLine; wrap: boolean; query: string; here: boolean }) {
  const flow = wrap ? "flex-wrap sm:flex-nowrap" : "flex-nowrap";
  const text = wrap
    ? "min-w-0 basis-full whitespace-pre-wrap [overflow-wrap:anywhere] sm:basis-auto"
    : "whitespace-pre";
  return (
    <div
      data-line={line.n}
      className={`flex gap-x-3 px-3 ${flow} ${here ? "bg-warn-wash" : "hover:bg-raised"}`}
    >
      <time dateTime={line.time} title={formatUtc(line.time)} className="shrink-0 text-muted">
        {new Date(line.time).toLocaleTimeString("en-GB")}
      </time>
      <span className="w-28 shrink-0 truncate text-muted" title={line.step ? stepWord(line.step) : undefined}>
        {line.step ? stepWord(line.step) : ""}
      </span>
      <span className={`${text} ${LEVELS[line.level]}`}>
        {SPOKEN[line.level]}
        {query === "" ? line.text : <Marked text={line.text} query={query} />}
      </span>
    </div>
  );
}

function Marked({ text, query }: { text: string; query: string }) {
  return piecesOf(text, query).map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text keep their places
      <mark key={index} className="rounded-xs bg-warn text-surface">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
