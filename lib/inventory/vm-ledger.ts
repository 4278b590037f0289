import type { HostInventory, VmRecord, VmSummary } from "@/lib/domain/inventory";
import { Copies, type Seen, type Sighting } from "./copies";
import { summaryOf } from "./vm-summary";

/**
 * When a read of a host took place. `began` and `ended` are turns of a counter that only goes up: they order reads
 * whatever the clock does. `at` is the time of its beginning, for people, in ms since the epoch.
 */
export type ReadSpan = Seen;

/** A VM and where the newest read that has it found it; of copies on several hosts, the one that counts. */
export interface KnownVm extends Sighting {
  /** Hosts that have another VM with its id. */
  readonly alsoOn: readonly string[];
  /** Its host was read since and has it no more; null: it has it. */
  readonly missing: Missing | null;
  readonly summary: VmSummary;
}

interface Missing {
  /** In ms since the epoch. */
  readonly since: number;
  /** Only reads that began after this turn say that a host has not got it. */
  readonly turn: number;
  /** Hosts that may have it and were not read since. */
  readonly unread: Set<string>;
}

/** What a read has changed. */
export interface LedgerChange {
  /** Ids of VMs that are others than before to a reader of summaries, gone ones too. */
  vms: Set<string>;
  /** Whether a VM came, went or has another name. */
  names: boolean;
  /** Hosts that have other VMs than before. */
  hosts: Set<string>;
  /** Hosts that must be read before it is known what became of a VM that is missing from now on. */
  toRead: Set<string>;
}

/** Which hosts may have a VM that its host has no more. */
export type Whereabouts = (vm: VmRecord, lastSeenOn: string) => readonly string[];

/**
 * Where each VM is, from reads that see one host each, at different times, while VMs move between hosts. A VM is in
 * one place: where the newest read that has it found it; where several hosts keep telling of it, with the one of them
 * that counts ({@link Copies}). A read of that host without it makes it missing, no more;
 * it is gone once every host that may have it was read whole since, and none of them has it.
 */
export class VmLedger {
  readonly #whereabouts: Whereabouts;
  readonly #vms = new Map<string, KnownVm>();
  readonly #onHost = new Map<string, Set<string>>();
  readonly #missing = new Set<string>();
  readonly #copies = new Copies();
  /** VMs that AetherV has deleted, until their hosts were read since: a read that began before still has them. */
  readonly #deleted = new Map<string, { host: string; turn: number }>();

  constructor(whereabouts: Whereabouts) {
    this.#whereabouts = whereabouts;
  }

  get(vmId: string): KnownVm | undefined {
    return this.#vms.get(vmId);
  }

  all(): IterableIterator<KnownVm> {
    return this.#vms.values();
  }

  /** The VMs that are shown on a host. */
  on(host: string): KnownVm[] {
    return [...(this.#onHost.get(host) ?? [])].flatMap((id) => this.#vms.get(id) ?? []);
  }

  /** Takes over a read of a whole host. VMs that it has but that cannot be read stay as they were known. */
  read(
    host: string,
    { vms, unread_vms }: Pick<HostInventory, "vms" | "unread_vms">,
    span: ReadSpan,
  ): LedgerChange {
    const change = nothing();
    for (const [id, deleted] of this.#deleted) {
      if (deleted.host === host && deleted.turn < span.began) this.#deleted.delete(id);
    }
    for (const vm of vms) this.#see(host, vm, span, change);
    // One without an id may be any of them: such a read says of no VM that the host lacks it.
    if (unread_vms.some(({ vm_id }) => vm_id === null)) return change;
    const told = new Set([...vms, ...unread_vms].map(({ vm_id }) => vm_id));
    for (const id of this.#copies.heldBy(host, span.began)) {
      if (!told.has(id)) this.#lack(id, host, change);
    }
    for (const known of this.on(host)) {
      if (known.missing === null && !told.has(known.vm.vm_id) && known.seen.began < span.began) {
        this.#miss(known, span, change);
      }
    }
    for (const id of this.#missing) {
      const known = this.#vms.get(id);
      if (known?.missing && !told.has(id) && span.began > known.missing.turn) this.#rule(known, host, change);
    }
    return change;
  }

  /** Takes over one VM that was read by itself. */
  note(host: string, vm: VmRecord, seen: Seen): LedgerChange {
    const change = nothing();
    this.#see(host, vm, seen, change);
    return change;
  }

  /** Takes out a VM that AetherV itself has deleted: nobody need be asked whether it is elsewhere. */
  delete(vmId: string, turn: number): LedgerChange {
    const change = nothing();
    const known = this.#vms.get(vmId);
    if (known === undefined) return change;
    this.#deleted.set(vmId, { host: known.host, turn });
    this.#drop(known, change);
    return change;
  }

  #see(host: string, vm: VmRecord, seen: Seen, change: LedgerChange): void {
    const { vm_id: id } = vm;
    const known = this.#vms.get(id);
    if (known !== undefined && seen.began < known.seen.began) return;
    if (seen.began < (this.#deleted.get(id)?.turn ?? 0)) return;
    const { began, ended, at } = seen;
    const sighting = { host, vm, seen: { began, ended, at } };
    this.#copies.saw(sighting, known?.missing === null ? known : null);
    this.#settle(sighting, change);
    // Whether the others still have it tells a move from a copy.
    for (const name of this.#copies.undecided(id, host)) if (known?.host !== host) change.toRead.add(name);
  }

  /** One of several hosts that have told of the VM has it no more. */
  #lack(id: string, host: string, change: LedgerChange): void {
    const left = this.#copies.lacks(id, host);
    const known = this.#vms.get(id);
    if (known === undefined || left === null) return;
    if (known.host !== host) {
      this.#settle(known, change);
      if (known.alsoOn.length > 0) change.toRead.add(known.host);
    } else if (left.seen.began > known.seen.began) {
      this.#settle(left, change);
    }
  }

  /** Keeps the VM where it was found, or at the copy that counts. */
  #settle(sighting: Sighting, change: LedgerChange): void {
    const { counts, alsoOn } = this.#copies.decided(sighting.vm.vm_id) ?? { counts: sighting, alsoOn: [] };
    const { host, vm, seen } = counts;
    const known = this.#vms.get(vm.vm_id);
    this.#missing.delete(vm.vm_id);
    this.#keep({ host, vm, seen, alsoOn, missing: null }, change);
    if (known?.host !== host) this.#place(vm.vm_id, known?.host, host, change);
    if (known?.alsoOn.join("\n") !== alsoOn.join("\n")) change.hosts.add(host);
  }

  #miss(known: KnownVm, { ended, at }: ReadSpan, change: LedgerChange): void {
    const { vm, host } = known;
    const unread = new Set(this.#whereabouts(vm, host));
    this.#missing.add(vm.vm_id);
    this.#copies.forget(vm.vm_id);
    this.#keep({ ...known, alsoOn: [], missing: { since: at, turn: ended, unread } }, change);
    for (const name of unread) change.toRead.add(name);
  }

  /** The host has not got it either. */
  #rule(known: KnownVm, read: string, change: LedgerChange): void {
    known.missing?.unread.delete(read);
    if (known.missing?.unread.size === 0) this.#drop(known, change);
  }

  #drop({ vm, host }: KnownVm, change: LedgerChange): void {
    this.#vms.delete(vm.vm_id);
    this.#missing.delete(vm.vm_id);
    this.#copies.forget(vm.vm_id);
    change.vms.add(vm.vm_id);
    change.names = true;
    this.#place(vm.vm_id, host, undefined, change);
  }

  #keep({ vm, host, seen, alsoOn, missing }: Omit<KnownVm, "summary">, change: LedgerChange): void {
    const before = this.#vms.get(vm.vm_id)?.summary;
    const since = missing === null ? null : new Date(missing.since).toISOString();
    const told = summaryOf(vm, host, since, alsoOn);
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(told);
    this.#vms.set(vm.vm_id, { vm, host, seen, alsoOn, missing, summary: same ? before : told });
    if (!same) change.vms.add(vm.vm_id);
    if (before?.vm_name !== told.vm_name) change.names = true;
  }

  #place(vmId: string, from: string | undefined, to: string | undefined, change: LedgerChange): void {
    if (from !== undefined) {
      this.#onHost.get(from)?.delete(vmId);
      change.hosts.add(from);
    }
    if (to !== undefined) {
      const there = this.#onHost.get(to) ?? new Set();
      this.#onHost.set(to, there.add(vmId));
      change.hosts.add(to);
    }
  }
}

function nothing(): LedgerChange {
  return { vms: new Set(), names: false, hosts: new Set(), toRead: new Set() };
}
