import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";

/** What a file of a simulated drive is; null: no file of the simulation's own making. */
export interface FileMark {
  kind: "vhdx" | "iso";
  /** Names the content: a copy of the file has the same. */
  id: string;
}

/** Bytes of the mark, at the file's start and again at its end. */
const MARK_BYTES = 128;
/** The least length that holds both marks. */
const LEAST_BYTES = 4096;
/** How many times smaller a file is than what it stands for; a clone of a large image is then quickly made. */
export const SCALE = 256;

/**
 * Writes the file that stands for one of the state's: empty but for its mark, which a copy has too, at its
 * start and at its end, so that a copy that was broken off shows. It begins as a real VHDX does ([MS-VHDX]
 * 2.2.1).
 *
 * @param simulatedBytes the size of what it stands for.
 */
export function writeMarkedFile(path: string, mark: FileMark, simulatedBytes: number): void {
  const length = Math.max(LEAST_BYTES, Math.ceil(simulatedBytes / SCALE));
  const text = Buffer.alloc(MARK_BYTES);
  text.write(`${mark.kind === "vhdx" ? "vhdxfile" : "isofile "} ${mark.id}`, "ascii");
  const file = openSync(path, "w");
  try {
    ftruncateSync(file, length);
    writeSync(file, text, 0, MARK_BYTES, 0);
    writeSync(file, text, 0, MARK_BYTES, length - MARK_BYTES);
  } finally {
    closeSync(file);
  }
}

/** Reads a file's mark, and whether all of its bytes have arrived; null: it has none. */
export function readMark(path: string): { mark: FileMark; isWhole: boolean } | null {
  const file = openSync(path, "r");
  try {
    const start = readMarkAt(file, 0);
    if (start === null) return null;
    const end = readMarkAt(file, fstatSync(file).size - MARK_BYTES);
    return { mark: start, isWhole: end?.id === start.id };
  } finally {
    closeSync(file);
  }
}

function readMarkAt(file: number, position: number): FileMark | null {
  if (position < 0) return null;
  const text = Buffer.alloc(MARK_BYTES);
  readSync(file, text, 0, MARK_BYTES, position);
  const match = /^(vhdxfile|isofile ) ([0-9a-f-]{36})\0/.exec(text.toString("latin1"));
  if (match?.[2] === undefined) return null;
  return { kind: match[1] === "vhdxfile" ? "vhdx" : "iso", id: match[2] };
}
