import { randomBytes } from "node:crypto";

/** Base64 between two tags. Without quotes it cannot be part of a tag, wherever a document puts it. */
const LONG_RUN = />([A-Za-z0-9+/=\t\n\r ]{1024,})</g;

/** No host knows it, so that none can name a run. */
const MARK = `run-${randomBytes(12).toString("hex")}-`;
const MARKED = new RegExp(`${MARK}(\\d+);`, "g");

/**
 * Takes long runs of base64 out of an XML document and leaves a mark in the place of each: the parser adds
 * one character at a time to a text, which for the output of a process made gigabytes of garbage.
 *
 * @returns the document with the marks; and the function that puts the runs back into a text read from it
 */
export function takeOutLongRuns(document: string): { document: string; putBack: (text: string) => string } {
  const runs: string[] = [];
  const marked = document.replace(LONG_RUN, (_, run: string) => {
    // Line ends are one character to a reader of XML (XML 1.0, 2.11).
    return `>${MARK}${runs.push(run.replace(/\r\n?/g, "\n")) - 1};<`;
  });
  const putBack = (text: string) => text.replace(MARKED, (_, index: string) => runs[Number(index)] ?? "");
  return { document: marked, putBack };
}
