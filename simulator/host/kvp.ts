import { HyperVError } from "./hyperv-error";
import type { VirtualMachine } from "./model";

/** Names to data, in the order in which they were written. */
export type KvpItems = Map<string, string>;

/** Where the two directions of key-value pair exchange are kept. */
export interface KvpSides {
  read(vmId: string, side: "host" | "guest"): KvpItems;
  write(vmId: string, side: "host" | "guest", items: KvpItems): void;
}

export class KvpMemory implements KvpSides {
  readonly #items = new Map<string, KvpItems>();

  read(vmId: string, side: "host" | "guest"): KvpItems {
    return new Map(this.#items.get(`${side} ${vmId}`));
  }

  write(vmId: string, side: "host" | "guest", items: KvpItems): void {
    this.#items.set(`${side} ${vmId}`, new Map(items));
  }
}

/** Longest `Data` that real hosts were seen to take; the documentation of the class says 1,024. */
const DATA_LIMIT = 990;
/** Most items that one call takes. */
const ITEMS_PER_CALL = 128;
const INVALID_PARAMETER = 32773;

/**
 * `Msvm_VirtualSystemManagementService.AddKvpItems`, `ModifyKvpItems` and `RemoveKvpItems`, and what the
 * guest does on its side. A stopped VM takes host items, and they stay; so do the guest's from an earlier
 * boot.
 */
export class KvpExchange {
  readonly #sides: KvpSides;
  readonly #refuses: (vm: VirtualMachine) => boolean;

  /** @param refuses whether a fault makes the service refuse host items for this VM. */
  constructor(sides: KvpSides, refuses: (vm: VirtualMachine) => boolean = () => false) {
    this.#sides = sides;
    this.#refuses = refuses;
  }

  hostItems(vm: VirtualMachine): KvpItems {
    return this.#sides.read(vm.id, "host");
  }

  /** `Msvm_KvpExchangeComponent.GuestExchangeItems`. */
  guestItems(vm: VirtualMachine): KvpItems {
    return this.#sides.read(vm.id, "guest");
  }

  addItems(vm: VirtualMachine, items: [name: string, data: string][]): void {
    this.#change(vm, "AddKvpItems", items, (stored, name, data) => {
      if (stored.has(name)) return false;
      stored.set(name, data);
      return true;
    });
  }

  modifyItems(vm: VirtualMachine, items: [name: string, data: string][]): void {
    this.#change(vm, "ModifyKvpItems", items, (stored, name, data) => {
      if (!stored.has(name)) return false;
      stored.set(name, data);
      return true;
    });
  }

  removeItems(vm: VirtualMachine, names: string[]): void {
    const items = names.map((name): [string, string] => [name, ""]);
    this.#change(vm, "RemoveKvpItems", items, (stored, name) => stored.delete(name));
  }

  /** The guest writes one of its own items; an empty value removes it. */
  setGuestItem(vm: VirtualMachine, name: string, data: string): void {
    const stored = this.#sides.read(vm.id, "guest");
    if (data === "") stored.delete(name);
    else stored.set(name, data);
    this.#sides.write(vm.id, "guest", stored);
  }

  #change(
    vm: VirtualMachine,
    method: string,
    items: [name: string, data: string][],
    apply: (stored: KvpItems, name: string, data: string) => boolean,
  ): void {
    if (!vm.dataExchangeEnabled || this.#refuses(vm)) {
      throw new HyperVError(
        "OperationFailed",
        "InvalidOperation",
        `${method} failed for '${vm.name}' (error 32775): the key-value pair exchange component is not available.`,
      );
    }
    if (items.length > ITEMS_PER_CALL) throw refused(method, `${items.length} items are too many`);
    const stored = this.#sides.read(vm.id, "host");
    for (const [name, data] of items) {
      if (data.length > DATA_LIMIT) throw refused(method, `the data of '${name}' is too long`);
      if (!apply(stored, name, data)) throw refused(method, `the key '${name}'`);
    }
    this.#sides.write(vm.id, "host", stored);
  }
}

function refused(method: string, what: string): HyperVError {
  return new HyperVError(
    "InvalidParameter",
    "InvalidArgument",
    `${method} failed (error ${INVALID_PARAMETER}, invalid parameter): ${what}.`,
  );
}
