import type { KnownDisk, VmRecord } from "@/lib/domain/inventory";

interface Opened {
  vmId: string;
  disk: KnownDisk;
  /** In ms since the epoch: from then on the file is opened again. */
  until: number;
}

/**
 * The virtual disks of one host whose files need not be opened again yet: opening each is what a read of a host
 * spends its time on, and what fails while another host uses the file.
 */
export class KnownDisks {
  readonly #rereadMs: number;
  readonly #random: () => number;
  #opened = new Map<string, Opened>();
  /** VMs that were changed, and when: what a read told that began before is not kept. */
  readonly #changed = new Map<string, number>();

  constructor(rereadMs: number, random: () => number = Math.random) {
    this.#rereadMs = rereadMs;
    this.#random = random;
  }

  /** For a read that begins now. */
  list(now: number): KnownDisk[] {
    return [...this.#opened.values()].filter(({ until }) => now < until).map(({ disk }) => disk);
  }

  /**
   * Takes over what a whole read told of the host's disks.
   * @param sent what `list` gave for that read: those files it has not opened
   */
  read(vms: readonly VmRecord[], sent: readonly KnownDisk[], beganAt: number): void {
    const unopened = new Set(sent.map(({ path }) => path));
    const opened = new Map<string, Opened>();
    for (const { vm_id, disks } of vms) {
      for (const { path, disk_id, size_bytes } of disks) {
        const earlier = this.#opened.get(path);
        if (unopened.has(path)) {
          if (earlier?.vmId === vm_id) opened.set(path, earlier);
        } else if (size_bytes !== null && beganAt > (this.#changed.get(vm_id) ?? Number.NEGATIVE_INFINITY)) {
          const disk = { path, disk_id, size_bytes };
          opened.set(path, { vmId: vm_id, disk, until: beganAt + this.#lifetime() });
        }
      }
    }
    this.#opened = opened;
    for (const [vmId, at] of this.#changed) if (at < beganAt) this.#changed.delete(vmId);
  }

  /** The VM's disks may be others now. */
  forget(vmId: string, now: number): void {
    this.#changed.set(vmId, now);
    for (const [path, opened] of this.#opened) if (opened.vmId === vmId) this.#opened.delete(path);
  }

  /** Between half and all of the time, so that what was opened in one read is not opened in one again. */
  #lifetime(): number {
    return this.#rereadMs * (0.5 + 0.5 * this.#random());
  }
}
