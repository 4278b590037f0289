/** Joins path parts with one backslash between them; no part is resolved against another. */
export function joinPath(...parts: string[]): string {
  return parts.map((part) => part.replace(/[\\/]+$/, "")).join("\\");
}

/** The key under which Windows finds a path: case does not matter, nor do `/` and trailing backslashes. */
export function pathKey(path: string): string {
  return path.replaceAll("/", "\\").replace(/\\+$/, "").toLowerCase();
}

/** Whether `path` is `folder` or lies under it. */
export function isUnder(path: string, folder: string): boolean {
  const [inner, outer] = [pathKey(path), pathKey(folder)];
  return inner === outer || inner.startsWith(`${outer}\\`);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("\\") + 1);
}
