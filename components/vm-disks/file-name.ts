/** The name of the file with this path on a Windows host. */
export function fileNameOf(path: string): string {
  return path.split("\\").at(-1) ?? path;
}
