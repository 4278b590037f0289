import type { Host, MediaFile, VhdxFile, Volume } from "./model";
import { pathKey, plainPath } from "./windows-path";

/** How many names may lead to names, as in Windows. */
const MOST_NAMES = 63;

/** Gives a file or folder of a volume another name, also one that is no path below a drive. */
export function addOtherName(volume: Volume, name: string, path: string): void {
  volume.otherNames ??= new Map();
  volume.otherNames.set(pathKey(name), path);
}

/** The path that a path leads to, whatever other names stand in it. */
export function realPath(host: Host, path: string): string {
  let real = plainPath(path);
  for (let turn = 0; turn < MOST_NAMES; turn += 1) {
    const next = withoutName(host, real);
    if (next === null) return real;
    real = next;
  }
  return real;
}

/** null: no other name stands in the path. */
function withoutName(host: Host, path: string): string | null {
  for (const { otherNames } of host.volumes) {
    if (otherNames === undefined) continue;
    const key = pathKey(path);
    for (const [name, target] of otherNames) {
      if (key === name || key.startsWith(`${name}\\`)) return target + path.slice(name.length);
    }
  }
  return null;
}

const created = new WeakMap<object, number>();
let lastCreated = Date.UTC(2024, 0, 1);

/** The time at which a file was created, which no other file has; ISO 8601 in UTC, in Windows' units of 100 ns. */
export function createdAt(file: VhdxFile | MediaFile): string {
  const known = created.get(file);
  if (known === undefined) lastCreated += 1;
  const time = known ?? lastCreated;
  created.set(file, time);
  return new Date(time).toISOString().replace("Z", "0000Z");
}
