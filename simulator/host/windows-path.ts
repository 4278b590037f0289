/** Joins path parts with one backslash between them; no part is resolved against another. */
export function joinPath(...parts: string[]): string {
  return parts.map((part) => part.replace(/[\\/]+$/, "")).join("\\");
}

/** An empty part of a path, `.` or `..`. */
const IDLE_PART = /(?:^|\\)\.{0,2}(?:\\|$)/;

/** A path without what changes nothing in it: `\\?\` before a drive, `/`, `.`, `..`, empty parts. */
export function plainPath(path: string): string {
  // Nearly every path is plain, and a fleet has many.
  if (!path.includes("/") && !IDLE_PART.test(path)) return path;
  const text = path.replaceAll("/", "\\").replace(/^\\\\[?.]\\(?=[A-Za-z]:)/, "");
  const parts: string[] = [];
  for (const part of text.split("\\")) {
    if (part === "..") parts.splice(Math.max(parts.length - 1, 1));
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return (text.startsWith("\\\\") ? "\\\\" : "") + parts.join("\\");
}

/** The key under which Windows finds a path, whatever its case and its spelling. */
export function pathKey(path: string): string {
  return plainPath(path).toLowerCase();
}

/** Whether `path` is `folder` or lies under it. */
export function isUnder(path: string, folder: string): boolean {
  return isKeyUnder(pathKey(path), pathKey(folder));
}

/** {@link isUnder} of two keys. */
export function isKeyUnder(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path.charAt(folder.length) === "\\");
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}
