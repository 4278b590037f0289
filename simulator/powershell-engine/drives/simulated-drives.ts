import { randomUUID } from "node:crypto";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Fleet } from "../../host/fleet";
import type { Host, MediaFile, VhdxFile, Volume } from "../../host/model";
import { joinPath, pathKey } from "../../host/windows-path";
import { readMark, writeMarkedFile } from "./file-content";
import { foldedPath, VolumeFolders } from "./folders";

const HOST_RESOURCES = ["ProgramData", "AetherV", "hostresources.json"];

/** What stands for one file of the state. */
interface Counterpart {
  record: VhdxFile | MediaFile;
  contentId: string;
  /** The real file. */
  path: string;
  /** As the file was when it was last looked at. */
  stamp: string;
  /** Whether its copy has ended. */
  isWhole: boolean;
}

/**
 * The drives of the simulated hosts as folders with small real files, for an engine whose scripts open files.
 * The state stays the one truth: sizes, types and identifiers are there. Here a file is its mark alone.
 */
export class SimulatedDrives {
  readonly #fleet: Fleet;
  readonly #folders: VolumeFolders;
  readonly #counterparts = new Map<Volume, Map<string, Counterpart>>();
  /** What files with this mark are or were: a copy becomes the same. */
  readonly #contents = new Map<string, VhdxFile | MediaFile>();
  readonly #configurations = new Map<string, string>();

  /** @param directory where the folders are made; what it holds from an earlier simulation goes. */
  constructor(fleet: Fleet, directory: string) {
    rmSync(directory, { recursive: true, force: true });
    this.#fleet = fleet;
    this.#folders = new VolumeFolders(directory);
    for (const name of fleet.hosts.keys()) this.sync(name);
  }

  /** The folders of a host's drives by their letters. */
  drives(hostName: string): Record<string, string> {
    return this.#folders.drives(this.#host(hostName));
  }

  /**
   * Brings files and state together, both ways: what the state has new gets a file and what it no longer has
   * loses it; a file that a script copied gets a record, and the record of one that a script deleted goes.
   */
  sync(hostName: string): void {
    const host = this.#host(hostName);
    for (const volume of host.volumes) {
      const folder = this.#folders.folderOf(host, volume);
      const counterparts = this.#counterparts.get(volume) ?? new Map<string, Counterpart>();
      this.#counterparts.set(volume, counterparts);
      for (const [key, counterpart] of counterparts) this.#compare(volume, counterparts, key, counterpart);
      this.#adopt(volume, counterparts, folder, volume.mount);
      for (const record of [...volume.files.values(), ...volume.media.values()]) {
        if (counterparts.get(pathKey(record.path))?.record === record) continue;
        const parts = record.path.slice(volume.mount.length + 1).split(/[\\/]/);
        this.#create(volume, foldedPath(folder, parts), record);
      }
    }
    for (const volume of host.volumes) this.#nameOthers(host, volume);
    this.#writeConfigurations(host);
    this.#writeHostResources(host);
  }

  /** Whether a folder of this Windows path is there. */
  hasFolder(hostName: string, path: string): boolean {
    const real = this.#realPath(this.#host(hostName), path);
    return real !== null && statSync(real, { throwIfNoEntry: false })?.isDirectory() === true;
  }

  /** The Windows path that a path on this machine stands for; null: it is on no drive of the host. */
  windowsPathOf(hostName: string, path: string): string | null {
    const host = this.#host(hostName);
    const roots = host.volumes.map((volume) => ({ volume, folder: this.#folders.folderOf(host, volume) }));
    const drives = Object.entries(this.drives(hostName)).map(([letter, folder]) => ({
      mount: `${letter}:`,
      folder,
    }));
    const places = [...roots.map(({ volume, folder }) => ({ mount: volume.mount, folder })), ...drives];
    const found = places.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
    return found === undefined ? null : found.mount + path.slice(found.folder.length).replaceAll("/", "\\");
  }

  #host(name: string): Host {
    const host = this.#fleet.hosts.get(name);
    if (host === undefined) throw new Error(`There is no host ${name}.`);
    return host;
  }

  /** Looks at a file that is known: either side of it may be gone, or its copy may have gone on. */
  #compare(volume: Volume, counterparts: Map<string, Counterpart>, key: string, known: Counterpart): void {
    const isInState = recordAt(volume, key) === known.record;
    const stats = lstatSync(known.path, { throwIfNoEntry: false });
    if (stats === undefined || !isInState) {
      counterparts.delete(key);
      if (isInState) forget(volume, key);
      else if (recordAt(volume, key) === undefined) rmSync(known.path, { force: true });
      return;
    }
    // Times come in steps of milliseconds: the end of a copy can have that of its middle.
    if (known.isWhole && stampOf(stats) === known.stamp) return;
    const found = readMark(known.path);
    if (found?.mark.id === known.contentId && found.isWhole === known.isWhole) {
      counterparts.set(key, { ...known, stamp: stampOf(stats) });
      return;
    }
    // Written anew by a script: another content, or the rest of a copy.
    counterparts.delete(key);
    forget(volume, key);
  }

  /** Gives records to files that have none: what scripts copied. */
  #adopt(
    volume: Volume,
    counterparts: Map<string, Counterpart>,
    folder: string,
    windowsFolder: string,
  ): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const inWindows = joinPath(windowsFolder, entry.name);
      if (entry.isDirectory()) this.#adopt(volume, counterparts, path, inWindows);
      const key = pathKey(inWindows);
      const isKnown = counterparts.has(key) || volume.otherNames?.has(key) === true;
      if (!entry.isFile() || isKnown || recordAt(volume, key) !== undefined) continue;
      const found = readMark(path);
      if (found === null) continue;
      const record = this.#recordOf(found.mark.id, inWindows, found.isWhole);
      if (record === null) continue;
      if ("virtualBytes" in record) volume.files.set(key, record);
      else volume.media.set(key, record);
      // A file of its own, with holes where the copy has zeros.
      if (found.isWhole) this.#create(volume, path, record);
      else
        counterparts.set(key, {
          record,
          contentId: found.mark.id,
          path,
          stamp: stampOf(lstatSync(path)),
          isWhole: false,
        });
    }
  }

  /** A copy is what its source is, to the bit; half of one takes the same room and is no disk. */
  #recordOf(contentId: string, path: string, isWhole: boolean): VhdxFile | MediaFile | null {
    const source = this.#contents.get(contentId);
    if (source === undefined) return null;
    if (!("virtualBytes" in source)) return { path, fileBytes: source.fileBytes };
    return { ...structuredClone(source), path, virtualBytes: isWhole ? source.virtualBytes : 0 };
  }

  #create(volume: Volume, path: string, record: VhdxFile | MediaFile): void {
    const contentId = randomUUID();
    mkdirSync(dirname(path), { recursive: true });
    const kind = "virtualBytes" in record ? "vhdx" : "iso";
    writeMarkedFile(path, { kind, id: contentId }, record.fileBytes);
    this.#contents.set(contentId, record);
    const stamp = stampOf(lstatSync(path));
    this.#counterparts
      .get(volume)
      ?.set(pathKey(record.path), { record, contentId, path, stamp, isWhole: true });
  }

  /** Junctions and hard links. Names that only Windows knows, such as `\\?\Volume{…}`, are no files here. */
  #nameOthers(host: Host, volume: Volume): void {
    for (const [name, target] of volume.otherNames ?? []) {
      const [place, real] = [this.#realPath(host, name), this.#realPath(host, target)];
      if (place === null || real === null || lstatSync(place, { throwIfNoEntry: false })) continue;
      mkdirSync(dirname(place), { recursive: true });
      if (statSync(real).isDirectory()) symlinkSync(real, place, "dir");
      else linkSync(real, place);
    }
  }

  /** One configuration file for each VM, as Hyper-V keeps it under `Virtual Machines`. */
  #writeConfigurations(host: Host): void {
    for (const [id, file] of this.#configurations) {
      const [owner, vmId] = id.split("/");
      if (owner !== host.name || vmId === undefined || host.vms.has(vmId)) continue;
      rmSync(file, { force: true });
      this.#configurations.delete(id);
    }
    for (const vm of host.vms.values()) {
      const id = `${host.name}/${vm.id}`;
      if (this.#configurations.has(id)) continue;
      const file = this.#realPath(host, `${vm.path}\\Virtual Machines\\${vm.id.toUpperCase()}.vmcx`);
      if (file === null) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "");
      this.#configurations.set(id, file);
    }
  }

  #writeHostResources(host: Host): void {
    const fault = this.#fleet.faults.take("host_resources", host.name);
    const text = fault === null ? host.hostResources : fault.text;
    const file = this.#realPath(host, ["C:", ...HOST_RESOURCES].join("\\"));
    if (file === null) return;
    if (text === null) rmSync(file, { force: true });
    else if (readText(file) !== text) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  #realPath(host: Host, path: string): string | null {
    const folder = this.drives(host.name)[path.charAt(0).toUpperCase()];
    return folder === undefined ? null : foldedPath(folder, path.slice(3).split(/[\\/]/));
  }
}

function recordAt(volume: Volume, key: string): VhdxFile | MediaFile | undefined {
  return volume.files.get(key) ?? volume.media.get(key);
}

function forget(volume: Volume, key: string): void {
  volume.files.delete(key);
  volume.media.delete(key);
}

function stampOf(stats: Stats): string {
  return `${stats.ino}:${stats.size}:${stats.mtimeMs}`;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
