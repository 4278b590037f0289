import { lstatSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Host, Volume } from "../../host/model";

/**
 * Where the volumes of simulated hosts are on this machine: `<root>/<host>/<letter>`, and for volumes that
 * are mounted in a folder (a cluster's shared ones: once for all nodes) a folder of their own and a link to it
 * at the place where they are mounted.
 */
export class VolumeFolders {
  readonly #root: string;
  readonly #known = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The folders of a host's drives by their letters. */
  drives(host: Host): Record<string, string> {
    const letters = host.volumes.flatMap(({ mount }) => (mount.length === 2 ? [mount.charAt(0)] : []));
    return Object.fromEntries(letters.map((letter) => [letter, join(this.#root, host.name, letter)]));
  }

  /** The folder of a volume, made where it is not there yet. */
  folderOf(host: Host, volume: Volume): string {
    const name = volume.mount.slice(volume.mount.lastIndexOf("\\") + 1);
    if (volume.mount.length === 2) return this.#make(join(this.#root, host.name, volume.mount.charAt(0)));
    const owner = volume.shared ? (host.cluster ?? host.name) : host.name;
    const folder = this.#make(join(this.#root, "mounted", owner, name));
    this.#link(
      join(this.#root, host.name, volume.mount.charAt(0), ...volume.mount.slice(3).split("\\")),
      folder,
    );
    return folder;
  }

  #make(folder: string): string {
    if (!this.#known.has(folder)) mkdirSync(folder, { recursive: true });
    this.#known.add(folder);
    return folder;
  }

  #link(place: string, folder: string): void {
    if (this.#known.has(place)) return;
    mkdirSync(join(place, ".."), { recursive: true });
    if (lstatSync(place, { throwIfNoEntry: false }) === undefined) symlinkSync(folder, place, "dir");
    this.#known.add(place);
  }
}

/**
 * The path below `folder` for parts of a Windows path. Windows finds names without regard to case: what is
 * there keeps its spelling.
 *
 * @returns the path; what is missing at its end has the spelling asked for.
 */
export function foldedPath(folder: string, parts: readonly string[]): string {
  let path = folder;
  for (const part of parts) {
    const wanted = part.toLowerCase();
    const found = namesIn(path).find((name) => name.toLowerCase() === wanted);
    path = join(path, found ?? part);
  }
  return path;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
