import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KvpItems, KvpSides } from "./kvp";

/** Sizes of a record in the pool files of the Linux integration services (linux/hyperv.h). */
const KEY_BYTES = 512;
const VALUE_BYTES = 2048;
const RECORD_BYTES = KEY_BYTES + VALUE_BYTES;

const HOST_TO_GUEST = ".kvp_pool_0";
const GUEST_TO_HOST = ".kvp_pool_1";

/**
 * KVP kept as a Linux guest would see it: one folder per VM with `.kvp_pool_0` (host to guest) and
 * `.kvp_pool_1` (guest to host). The files are read whenever items are asked for, so that a program outside
 * the simulator can be the guest.
 */
export class KvpPoolFiles implements KvpSides {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  read(vmId: string, side: "host" | "guest"): KvpItems {
    try {
      return decodePool(readFileSync(this.#file(vmId, side)));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
      throw error;
    }
  }

  write(vmId: string, side: "host" | "guest", items: KvpItems): void {
    const file = this.#file(vmId, side);
    mkdirSync(join(this.#directory, vmId), { recursive: true });
    // Renamed into place, so that a guest never reads half of it.
    writeFileSync(`${file}.new`, encodePool(items));
    renameSync(`${file}.new`, file);
  }

  #file(vmId: string, side: "host" | "guest"): string {
    return join(this.#directory, vmId, side === "host" ? HOST_TO_GUEST : GUEST_TO_HOST);
  }
}

export function encodePool(items: KvpItems): Buffer {
  const records = [...items].map(([name, data]) => {
    const record = Buffer.alloc(RECORD_BYTES);
    const [key, value] = [Buffer.from(name, "utf8"), Buffer.from(data, "utf8")];
    if (key.length >= KEY_BYTES || value.length >= VALUE_BYTES) {
      throw new RangeError(`The item ${name} does not fit into a record of a KVP pool.`);
    }
    key.copy(record, 0);
    value.copy(record, KEY_BYTES);
    return record;
  });
  return Buffer.concat(records);
}

/** A record that is still being written at the end of the file is left out. */
export function decodePool(bytes: Buffer): KvpItems {
  const items: KvpItems = new Map();
  for (let start = 0; start + RECORD_BYTES <= bytes.length; start += RECORD_BYTES) {
    const name = untilNul(bytes.subarray(start, start + KEY_BYTES));
    if (name !== "") items.set(name, untilNul(bytes.subarray(start + KEY_BYTES, start + RECORD_BYTES)));
  }
  return items;
}

function untilNul(field: Buffer): string {
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? field.length : end).toString("utf8");
}
